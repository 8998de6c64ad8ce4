import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awaitRun, follow } from '../demonstration/follow.ts';
import { prepare } from '../demonstration/scene.ts';
import { findings } from './axe.ts';
import { pagesToSee } from './pages.ts';
import { Site, required, screenshot, showAll } from './site.ts';

/** Every page, light and dark: for eyes under `target/e2e/`, and looked over by axe. */
describe('every page', () => {
  let site: Site;
  let run: string;

  beforeAll(async () => {
    site = await Site.open();
    const administrator = site.administrator();
    await prepare(site.stage.cloud, site.people, administrator, 400);
    await site.stage.cloud.fireTrigger('tick-schedule');
    run = (await awaitRun(administrator)).id;
    await follow(administrator, run, () => undefined);
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  describe.each(['light', 'dark'] as const)('%s', (theme) => {
    test.each(pagesToSee('', '').map(({ name }) => name))('%s', async (name) => {
      const page = pagesToSee(run, required(site.people.idleContractors, 2)).find((each) => each.name === name);
      if (!page) throw new Error(`there is no page ${name}`);
      const as = required(site.people.orgAdmins, 1);
      const view = await site.look({ as, path: page.path, theme, height: 1200 });
      await view.page.getByText(page.ready).first().waitFor();
      // Lozenges and bars fade in.
      await view.outer.waitForTimeout(500);
      await showAll(view);
      await screenshot(view, `${name}-${theme}`);
      expect(await findings(view)).toEqual([]);
      await view.close();
    });
  });

  test.each(['light', 'dark'] as const)('what somebody without a role sees, %s', async (theme) => {
    const view = await site.look({ as: required(site.people.ordinary, 0), theme });
    await view.page.getByText('You do not have access to Seatkeeper').waitFor();
    await screenshot(view, `no-permission-${theme}`);
    expect(await findings(view)).toEqual([]);
    await view.close();
  });

  test.each(['light', 'dark'] as const)('a dialog, %s', async (theme) => {
    const view = await site.look({ as: required(site.people.orgAdmins, 1), path: '/exemptions', theme });
    await view.page.getByRole('button', { name: 'Add exemption' }).click();
    await view.page.getByRole('dialog').waitFor();
    await view.outer.waitForTimeout(500);
    expect(await findings(view)).toEqual([]);
    await view.close();
  });

  test('the pages speak German to whom Jira speaks German', async () => {
    const as = required(site.people.orgAdmins, 1);
    const view = await site.look({ as, locale: 'de_DE', height: 1200 });
    await view.page.getByRole('tab', { name: 'Überblick' }).waitFor();
    await view.page.getByText('Auf einen Blick').waitFor();
    expect(await view.page.locator('html').getAttribute('lang')).toBe('de');
    await screenshot(view, 'overview-german');
    await view.page.getByRole('tab', { name: 'Läufe' }).click();
    await view.page.getByText('Angehalten').first().waitFor();
    await view.close();
  });
});
