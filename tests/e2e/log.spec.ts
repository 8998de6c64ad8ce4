import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findings } from './axe.ts';
import { openPrepared } from './prepared-site.ts';
import { required, screenshot, type Site } from './site.ts';

/** Answers in the log: by what was done, how it ended, by whom and when. */
describe('the log', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openPrepared();
    await site.stage.cloud.wait(5); // the log's index lags behind its entries
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  test('is filtered by several terms, each of them in the address', async () => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: '/log', height: 1200 });
    const { page, outer, close } = view;
    const rows = page.getByRole('table', { name: /Log entries/ }).locator('tbody tr');
    await page.getByRole('button', { name: 'Add exemption', exact: true }).first().click();
    await page.getByRole('button', { name: /^Take away the filter Action: add-exemption/ }).waitFor();
    await expect.poll(() => rows.count()).toBe(3);

    await page.getByRole('combobox', { name: 'Filter by' }).click();
    await page.getByRole('option', { name: 'Outcome' }).click();
    await page.getByRole('combobox', { name: 'Outcome to show' }).click();
    await page.getByRole('option', { name: 'failed' }).click();
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByText('Nothing in the log agrees with all of this.').waitFor();
    expect(decodeURIComponent(outer.url())).toMatch(/\/log\/action\/add-exemption\/outcome\/failed$/);
    expect(await findings(view)).toEqual([]);
    await screenshot(view, 'log-filtered');
    await page.getByRole('button', { name: /^Take away the filter Outcome/ }).click();
    await expect.poll(() => rows.count()).toBe(3);
    await close();
  });

  test('names people as Jira does, keeps their ids in the tooltips and the filter, and asks once', async () => {
    const [first, exempt] = [required(site.people.orgAdmins, 0), required(site.people.idleContractors, 0)];
    const [author, subject] = [await site.stage.cloud.nameOf(first), await site.stage.cloud.nameOf(exempt)];
    const view = await site.look({ as: required(site.people.orgAdmins, 1), path: '/log', height: 1200 });
    const { page, outer, close } = view;
    const table = page.getByRole('table', { name: /Log entries/ });
    await table.getByRole('button', { name: author, exact: true }).first().waitFor();
    expect(await table.getByRole('button', { name: first }).count()).toBe(0);
    const button = table.getByRole('button', { name: subject, exact: true });
    expect(await button.getAttribute('title')).toBe(exempt);
    expect(view.commands.filter((command) => command === 'namesOf')).toHaveLength(1);
    expect(await findings(view)).toEqual([]);
    await screenshot(view, 'log-names');

    await button.click();
    await page.getByRole('button', { name: `Take away the filter On whom: ${subject}` }).waitFor();
    expect(decodeURIComponent(outer.url())).toMatch(new RegExp(`/log/subject/${exempt}$`));
    expect(view.commands.filter((command) => command === 'namesOf')).toHaveLength(1);
    await close();
  });

  test('shows ids where Jira does not say what people are called', async () => {
    const first = required(site.people.orgAdmins, 0);
    await site.strike([{ operation: 'jira.user.bulk', kind: 'forbidden', times: 9 }]);
    const { page, close, commands } = await site.look({ as: required(site.people.orgAdmins, 1), path: '/log' });
    await page.getByRole('button', { name: first, exact: true }).first().waitFor();
    await expect.poll(() => commands).toContain('namesOf');
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('button', { name: first, exact: true }).first().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await site.strike([]);
    await close();
  });

  test('is exported as it is filtered', async () => {
    const { page, outer, close } = await site.look({
      as: required(site.people.orgAdmins, 0),
      path: '/log/action/add-exemption',
    });
    await page.getByRole('cell', { name: 'Add exemption' }).first().waitFor();
    const download = outer.waitForEvent('download');
    await page.getByRole('button', { name: 'Export JSON' }).click();
    const lines = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(3);
    await close();
  });

  test('of a day is chosen from the calendar', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: '/log', width: 900 });
    const { page, outer, close } = view;
    await page.getByRole('combobox', { name: 'Filter by' }).click();
    await page.getByRole('option', { name: 'From day (UTC)', exact: true }).click();
    await page.getByLabel('From day (UTC) to show').fill(today);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('cell', { name: 'Add exemption' }).first().waitFor();
    expect(outer.url()).toContain(`/log/from/${today}`);
    await screenshot(view, 'log-900');
    await close();
  });
});
