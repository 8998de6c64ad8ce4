import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPrepared } from './prepared-site.ts';
import { required, screenshot, type Site } from './site.ts';

/** What an administrator does with a policy that exists: sparing somebody, trying, looking at the people and at the log. */
describe('an administrator of the organization', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openPrepared(400);
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  test('adds an exemption, finds it in the list and takes it back', async () => {
    const { page, outer } = await site.look({ as: required(site.people.orgAdmins, 0), path: '/exemptions' });
    await page.getByRole('button', { name: 'Add exemption' }).click();
    await page.getByLabel('Account id').fill(required(site.people.ordinary, 1));
    await page.getByRole('dialog').getByLabel('Reason').fill('on parental leave');
    await page.getByRole('dialog').getByRole('button', { name: 'Add exemption' }).click();
    const row = page.getByRole('row').filter({ hasText: 'on parental leave' });
    await row.waitFor();
    await outer.getByText('The exemption was added').waitFor();

    await row.getByRole('button', { name: /^Remove/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'detached' });
  });

  test('exempts a group by its name', async () => {
    const { page } = await site.look({ as: required(site.people.orgAdmins, 0), path: '/exemptions' });
    await page.getByRole('button', { name: 'Add exemption' }).click();
    await page.getByLabel('A group').click();
    await page.getByRole('combobox', { name: /Group/ }).fill('jira-users');
    await page
      .getByRole('option', { name: /jira-users/ })
      .first()
      .click();
    await page.getByRole('dialog').getByLabel('Reason').fill('a trial of the product');
    await page.getByRole('dialog').getByRole('button', { name: 'Add exemption' }).click();
    const row = page.getByRole('row').filter({ hasText: 'a trial of the product' });
    await row.getByText(/jira-users/).waitFor();
    await row.getByRole('button', { name: /^Remove/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'detached' });
  });

  test('is told why an exemption was refused, and nothing is stored', async () => {
    const { page } = await site.look({ as: required(site.people.orgAdmins, 0), path: '/exemptions' });
    await page.getByRole('button', { name: 'Add exemption' }).click();
    await page.getByLabel('Account id').fill('712020:nobody');
    await page.getByRole('dialog').getByLabel('Reason').fill('a typing error');
    await page.getByRole('dialog').getByRole('button', { name: 'Add exemption' }).click();
    await page.getByRole('alert').getByText('The exemption was not added').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByText('a typing error').count()).toBe(0);
  });

  test('does a dry run and looks at the people and their reasons', async () => {
    const before = await site.stage.cloud.users();
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: '/policies', height: 1200 });
    const { page } = view;
    await page.getByRole('button', { name: /^Dry run of/ }).click();
    await page.getByText('Dry run done').waitFor();
    const planned = page.getByRole('button', { name: /Planned/ });
    await planned.click();
    const count = Number((await planned.innerText()).split('\n')[0]);
    await page.getByText(`${count} people`, { exact: true }).waitFor();
    expect(count).toBeGreaterThan(0);
    await page
      .getByRole('cell', { name: /not seen/i })
      .first()
      .waitFor();
    await screenshot(view, 'dry-run');

    await page
      .getByRole('button', { name: /Exempt$/ })
      .first()
      .click();
    await page
      .getByRole('cell', { name: /exempt by name/i })
      .first()
      .waitFor();
    expect(await site.stage.cloud.users()).toEqual(before);
  });

  test('follows a run from the button over the release to its end', async () => {
    const first = await site.look({ as: required(site.people.orgAdmins, 0), path: '/policies' });
    await first.page.getByRole('button', { name: /^Run now: / }).click();
    await first.page.getByRole('dialog').getByRole('button', { name: 'Run now' }).click();
    await first.page.getByText(/is held before its first action/).waitFor();
    await first.page.getByRole('button', { name: /^Release the run/ }).click();
    await first.page.getByRole('dialog').getByLabel('Reason').fill('I asked for it myself');
    await first.page.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
    await first.page.getByRole('alert').getByText('The run was not released').waitFor();
    await screenshot(first, 'release-refused');

    const second = await site.look({ as: required(site.people.orgAdmins, 1) });
    await second.page.getByRole('link', { name: 'See who, and why' }).click();
    await second.page.getByRole('button', { name: /^Release the run/ }).click();
    await second.page.getByRole('dialog').getByLabel('Reason').fill('read the plan');
    await second.page.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
    await second.page.getByText('Done', { exact: true }).waitFor();
    await second.page.getByRole('button', { name: /Verified/ }).waitFor();
    await second.page.getByText(/read the plan/).waitFor();
    await screenshot(second, 'run-done');
  });

  test('looks at the log, follows one person through it and verifies the chain in the browser', async () => {
    await site.stage.cloud.wait(5); // the log's index lags behind its entries
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: '/log', height: 1200 });
    const { page, commands } = view;
    await page.getByRole('cell', { name: 'Suspend', exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText('The chain holds').waitFor();
    expect(commands).toContain('logSlice');
    expect(commands).not.toContain('verifyEntries');
    await screenshot(view, 'log-verified');

    const subject = page.getByRole('row').filter({ hasText: 'Suspend' }).first().locator('.log-subject button');
    const account = await subject.innerText();
    await subject.click();
    await page.getByRole('button', { name: 'Show everything' }).waitFor();
    const rows = page.getByRole('table', { name: /Log entries/ }).locator('tbody tr');
    // An intent may name others besides.
    const theirs = page.locator('.log-subject button').getByText(account, { exact: true });
    await expect.poll(() => rows.filter({ hasNot: theirs }).count()).toBe(0);
    expect(await rows.count()).toBeGreaterThan(1);
  });

  test('corrects a policy with every mistake named at its place, as they type', async () => {
    const { page, commands, outer } = await site.look({
      as: required(site.people.orgAdmins, 0),
      path: '/policies/new',
    });
    await page.getByText('In plain words').waitFor();
    await page.getByRole('tab', { name: 'JSON' }).click();
    const editor = page.getByLabel('Document (JSON)');
    await editor.fill('{"version": 1, "name": "No id", "match": {"idle": {"longerThan": "soon"}}, "stages": []}');
    await page.getByText('$.id', { exact: true }).waitFor();
    await page.getByText('$.match.idle.longerThan', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: /^Save policy/ }).isDisabled()).toBe(true);
    expect(commands).not.toContain('checkPolicy');

    await editor.fill(
      '{"version": 1, "id": "idle-180", "name": "Idle for half a year", "match": {"idle": {"longerThan": "180d"}}, "stages": [{"after": "0d", "do": "suspend"}]}',
    );
    await page.getByText(/last seen in any product more than 180 days ago/).waitFor();
    await page.getByRole('button', { name: 'Save policy' }).click();
    await page.getByRole('link', { name: 'Idle for half a year' }).waitFor();
    await outer.getByText('“Idle for half a year” was saved').waitFor();
  });
});
