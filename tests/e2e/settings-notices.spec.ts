import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findings } from './axe.ts';
import { openTicked } from './prepared-site.ts';
import { required, screenshot, type Site } from './site.ts';

/** How people are written to. */
describe('the messages', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openTicked();
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const notices = async () =>
    (await site.administrator().command('overview', { command: 'overview' })).settings.notices ?? null;

  const as = () => required(site.people.orgAdmins, 0);

  test.each(['light', 'dark'] as const)('are none at first, and asked for in a dialog (%s)', async (theme) => {
    const view = await site.look({ as: as(), path: '/settings/notices', theme });
    const { page, outer, close } = view;
    await page.getByText('none: no policy can warn anybody').waitFor();
    expect(await findings(view)).toEqual([]);
    await page.getByRole('button', { name: 'Change how people are written to' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Fill this in').first().waitFor();
    await outer.waitForTimeout(500);
    await screenshot(view, `settings-notices-${theme}`);
    expect(await findings(view)).toEqual([]);
    expect(view.commands).not.toContain('setNotices');
    await close();
  });

  test('are said once they are saved, and can be given up', async () => {
    const view = await site.look({ as: as(), path: '/settings/notices' });
    const { page, close } = view;
    const change = page.getByRole('button', { name: 'Change how people are written to' });
    await change.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Sent from the issue').fill('life 1');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('an issue is named by its key', { exact: false }).waitFor();
    await dialog.getByLabel('Sent from the issue').fill('LIFE-1');
    await dialog.getByLabel('Whom people can ask').fill('it@acme.example');
    await dialog.getByLabel('How often a person may use one').fill('2');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('keeps the access for 90 days, at most 2 times for each policy').waitFor();
    await screenshot(view, 'settings-notices-set');
    expect(await notices()).toEqual({
      issue: 'LIFE-1',
      contact: 'it@acme.example',
      mostWarned: 250,
      keepDays: 90,
      keepTimes: 2,
    });
    await change.click();
    await dialog.getByRole('button', { name: 'Write to nobody' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await notices()).toBeNull();
    await close();
  });
});
