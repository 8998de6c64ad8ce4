import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reply } from '../../../static/admin/gen/types.ts';
import { everyCommand } from './every-command.ts';
import { openPrepared } from '../prepared-site.ts';
import { required, screenshot, type Site } from '../site.ts';

/** The task that nobody has: RULES R10, what the page shows, and what the resolver answers, to those who may less. */
describe('people who are no administrators of the organization', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openPrepared(400);
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const MODULES = ['seatkeeper-admin', 'seatkeeper-global'];

  test.each(MODULES)('somebody without a role is shown nothing in %s', async (module) => {
    const view = await site.look({ as: required(site.people.ordinary, 0), module });
    await view.page.getByText('You do not have access to Seatkeeper').waitFor();
    await screenshot(view, `no-permission-${module}`);
    expect(await view.page.getByRole('tab').count()).toBe(0);
    expect(new Set(view.commands)).toEqual(new Set(['overview']));
  });

  test.each(everyCommand)('somebody without a role is refused $command', async (command) => {
    const who = required(site.people.ordinary, 0);
    for (const module of MODULES) {
      const reply = await site.stage.cloud.invoke<Reply>(module, who, command);
      expect(reply).toMatchObject({ error: { code: 'not-allowed' } });
    }
  });

  test('refusals stand in the log', async () => {
    const filter = { action: 'refused' };
    const refused = async () => {
      const log = await site.administrator().command('log', { command: 'log', filter, cursor: null });
      return log.entries.map(({ entry }) => entry).join();
    };
    // Queries lag behind what was written.
    await expect.poll(refused, { timeout: 10_000 }).toContain(required(site.people.ordinary, 0));
  });

  test('an administrator of Jira alone can look, and every button that changes something says why it is disabled', async () => {
    const view = await site.look({ as: required(site.people.jiraAdmins, 0) });
    const { page } = view;
    await page.getByText(/You can look at everything here and change nothing/).waitFor();
    await screenshot(view, 'viewer');
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Danger zone' }).click();
    const stop = page.getByRole('button', {
      name: /Stop everything \(only operators, approvers and administrators of the organization/,
    });
    expect(await stop.isDisabled()).toBe(true);
    await page.getByRole('tab', { name: 'Policies' }).click();
    for (const name of [/^Add policy/, /^Dry run of/, /^Run now/]) {
      expect(await page.getByRole('button', { name }).first().isDisabled()).toBe(true);
    }
    await page.getByRole('tab', { name: 'Exemptions' }).click();
    await page.getByRole('row').nth(1).waitFor();
    expect(
      await page
        .getByRole('button', { name: /^Remove/ })
        .first()
        .isDisabled(),
    ).toBe(true);
  });
});
