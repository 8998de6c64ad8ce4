import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inBothThemes } from '../both-themes.ts';
import { required, type Site } from '../site.ts';
import { openConnected, withStatus } from './connected.ts';

/** The task: find contractors idle for 60 days and suspend them, without writing a policy. */
describe('contractors idle for 60 days', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openConnected();
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  test('are found among the users, suspended once somebody else approved, and nobody else is', async () => {
    const domain = required(site.people.contractorDomains, 0);
    const before = await withStatus(site, 'suspended');
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: '/people', height: 1200 });
    const { page } = view;
    await page.getByRole('checkbox', { name: /^Active/ }).check();
    await page.getByRole('radio', { name: /^Idle for more than/ }).check();
    await page.getByRole('spinbutton', { name: 'Days' }).fill('60');
    await page.getByText('Domain', { exact: true }).first().click();
    await page.getByRole('checkbox', { name: new RegExp(`^${domain}`) }).check();
    await page.getByText(/^\d+ of \d+ users/).waitFor();
    await expect.poll(() => decodeURIComponent(view.outer.url())).toMatch(/activity\/idle.*days\/60.*domain/);
    const shown = Number((await page.locator('.people-count').innerText()).split(' ')[0]);
    const emails = await page.getByRole('row').locator('.people-email').allInnerTexts();
    expect(emails.length).toBeGreaterThan(1);
    expect(emails.filter((email) => !email.endsWith(`@${domain}`))).toEqual([]);
    await page.getByRole('button', { name: /^Choose all \d+ shown/ }).click();
    await inBothThemes(view, 'task-contractors-chosen');

    await page.getByRole('button', { name: 'Act on chosen' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Idle for more than so many days').fill('60');
    await dialog.getByText(/^Real run/).click();
    await dialog.getByText('Somebody else must approve the plan before anything happens', { exact: false }).waitFor();
    await dialog.getByLabel('Reason').fill('the contract has ended');
    await dialog.getByRole('button', { name: 'Start run for approval' }).click();
    // More people than the organization allows on a day: the second administrator also lets the run go on.
    await page.getByRole('button', { name: /^Release and approve/ }).waitFor();
    expect(await withStatus(site, 'suspended')).toEqual(before);
    const run = view.outer.url().split('/').at(-1);

    const second = await site.look({ as: required(site.people.orgAdmins, 1), path: `/runs/${run}`, height: 1200 });
    await second.page.getByText('the contract has ended').waitFor();
    await second.page.getByRole('button', { name: /^Release and approve/ }).click();
    await second.page.getByRole('dialog').getByLabel('Reason').fill('asked their manager');
    await second.page
      .getByRole('dialog')
      .getByRole('button', { name: /approve/i })
      .click();
    await second.page.getByText('Done', { exact: true }).waitFor();
    await inBothThemes(second, 'task-contractors-suspended');

    const users = await site.stage.cloud.users();
    const now = users.filter((user) => user['membershipStatus'] === 'suspended' && !before.has(user.accountId));
    expect(now.length).toBeGreaterThan(0);
    expect(now.length).toBeLessThanOrEqual(shown);
    expect(now.filter((user) => !String(user['email']).endsWith(`@${domain}`))).toEqual([]);
    await second.page.getByText(`${now.length}`, { exact: true }).first().waitFor();
  });
});
