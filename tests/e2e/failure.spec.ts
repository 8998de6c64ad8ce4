import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPrepared } from './prepared-site.ts';
import { required, screenshot, type Site } from './site.ts';

/** What goes wrong between the app and Atlassian, as an administrator sees it: what failed, what was not done, what to do. */
describe('an organization that cannot be reached', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openPrepared(120);
  });

  beforeEach(async () => {
    await site.strike([]);
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const open = (path: string) => site.look({ as: required(site.people.orgAdmins, 0), path });

  test.each(['forbidden', 'serverErrorBefore', 'cutBefore', 'tooManyRequests', 'truncated'])(
    'while looking for groups: %s',
    async (kind) => {
      const { page } = await open('/exemptions');
      await page.getByRole('row').nth(1).waitFor();
      await site.strike([{ operation: 'groups.search', kind, times: 1_000 }]);
      await page.getByRole('button', { name: 'Add exemption' }).click();
      await page.getByLabel('A group').click();
      await page.getByRole('combobox', { name: /Group/ }).fill('jira');
      await page.getByText(/Could not look for groups\. Searching groups/).waitFor();
    },
  );

  test.each(['forbidden', 'serverErrorAfter', 'cutAfter'])('while an exemption is added: %s', async (kind) => {
    const { page } = await open('/exemptions');
    await page.getByRole('button', { name: 'Add exemption' }).click();
    await page.getByRole('dialog').getByLabel('Account id').fill(required(site.people.ordinary, 0));
    await page.getByRole('dialog').getByLabel('Reason').fill('struck by a fault');
    await site.strike([{ operation: 'users.search', kind, times: 1_000 }]);
    await page.getByRole('dialog').getByRole('button', { name: 'Add exemption' }).click();
    await page.getByRole('alert').getByText('The exemption was not added').waitFor();
    await site.strike([]);
    const { exemptions } = await site.administrator().command('exemptions', { command: 'exemptions' });
    expect(exemptions.some(({ reason }) => reason === 'struck by a fault')).toBe(false);
  });

  test('a dry run that may not read people ends with what was not done and what to do', async () => {
    // The caller's own rights are read over all directories, the people of a run in each of its own.
    const { connection } = await site.administrator().command('overview', { command: 'overview' });
    const containing = `/directories/${required(
      (connection?.directories ?? []).map(({ id }) => id),
      0,
    )}/`;
    await site.strike([{ operation: 'users.search', containing, kind: 'forbidden', times: 1_000 }]);
    const view = await open('/policies');
    await view.page.getByRole('button', { name: /^Dry run of/ }).click();
    await view.page.getByText('Stopped', { exact: true }).waitFor();
    await view.page.getByText(/does not allow it/).waitFor();
    await screenshot(view, 'run-stopped');
  });

  test('a page whose app does not answer says so and tries again on demand', async () => {
    await site.strike([{ operation: 'storage.get', kind: 'serverErrorBefore', times: 1_000 }]);
    const view = await open('/');
    await view.page.getByRole('alert').getByText('Could not load Seatkeeper').waitFor();
    await screenshot(view, 'no-answer');
    await site.strike([]);
    await view.page.getByRole('button', { name: 'Try again' }).click();
    await view.page.getByText('At a glance').waitFor();
    expect(await view.page.getByRole('alert').count()).toBe(0);
  });
});
