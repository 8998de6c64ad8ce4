import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findings } from './axe.ts';
import { inBothThemes } from './both-themes.ts';
import { openPrepared, openTicked } from './prepared-site.ts';
import { required, type Site } from './site.ts';

const CHANGE = 'Change what happens';

/** Attempts to log in: why they cannot be answered, and what they do where they can. */
describe('an attempt to log in', () => {
  const sites: Site[] = [];

  afterAll(async () => {
    for (const site of sites) {
      expect(site.frame.violations).toEqual([]);
      await site.close();
    }
  });

  const open = async (site: Site) => {
    const as = required(site.people.orgAdmins, 0);
    return site.look({ as, path: '/settings/notices', height: 1100 });
  };

  test('changes nothing where the organization has no such events, and the page says why', async () => {
    const site = await openTicked();
    sites.push(site);
    const view = await open(site);
    await view.page.getByText('which needs Atlassian Guard', { exact: false }).waitFor();
    const change = view.page.getByRole('button', { name: CHANGE, exact: false });
    expect(await change.isDisabled()).toBe(true);
    expect(await findings(view)).toEqual([]);
    await view.close();
  });

  describe('where one was seen', () => {
    let site: Site;

    beforeAll(async () => {
      site = await openPrepared();
      sites.push(site);
      const { cloud } = site.stage;
      await cloud.answerOpenQuestions({ logInEvents: 'logged', eventDelaySeconds: 0 });
      await cloud.tryToLogIn(required(site.people.orgAdmins, 0));
      await cloud.fireTrigger('tick-schedule');
    });

    const set = async () =>
      (await site.administrator().command('overview', { command: 'overview' })).settings.onLogIn ?? null;

    test('is switched on and off, with the delay that was measured', async () => {
      const view = await open(site);
      const { page, close } = view;
      await page.getByText('by user_logged_in', { exact: false }).waitFor();
      await page.getByText('as measured', { exact: false }).waitFor();
      for (const [answer, wanted] of [
        ['gives back what was taken, as long as a seat is free', 'restore'],
        ['asks a second person, who approves or rejects it', 'ask'],
        ['nothing', null],
      ] as const) {
        await page.getByRole('button', { name: CHANGE }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel(answer, { exact: true }).check();
        if (wanted === 'restore') await inBothThemes(view, 'settings-log-in');
        await dialog.getByRole('button', { name: 'Save' }).click();
        await dialog.waitFor({ state: 'detached' });
        expect(await set()).toBe(wanted);
      }
      await close();
    });
  });
});
