import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findings } from './axe.ts';
import { openPrepared } from './prepared-site.ts';
import { required, screenshot, type Site, type View } from './site.ts';

/** The forms of the settings that send an order: what is missing, what is refused, what is set and taken back. */
describe('a dialog of the settings', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openPrepared();
    await site.administrator().command('settings', { command: 'setExperiments', experiments: { moving: true } });
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const look = (part: string): Promise<View> =>
    site.look({ as: required(site.people.orgAdmins, 0), path: `/settings/${part}` });

  const settings = async () => (await site.administrator().command('overview', { command: 'overview' })).settings;

  test('stays open with the reason when the app refuses the order', async () => {
    const view = await look('limits');
    const { page, outer, close } = view;
    await page.getByRole('button', { name: 'Change limits' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('People listed, in percent').fill('20');
    await dialog.getByRole('button', { name: 'Change limits' }).click();
    await dialog.getByRole('alert').getByText('The limits were not changed').waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, 'settings-refused');
    expect(await findings(view)).toEqual([]);
    await dialog.getByLabel('People listed, in percent').fill('98');
    await dialog.getByRole('button', { name: 'Change limits' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('at least 98 % of those whom Atlassian counts').waitFor();
    expect((await settings()).coverage.usersPercent).toBe(98);
    await close();
  });

  test('sends two orders where the answers are two settings', async () => {
    const view = await look('log');
    const { page, close } = view;
    await page.getByRole('button', { name: 'Change how it is kept' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Days').fill('200');
    await dialog.getByLabel('Anchor issue').fill(' AUDIT-7 ');
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('for 200 days').waitFor();
    expect(await settings()).toMatchObject({ retentionDays: 200, anchorIssue: 'AUDIT-7' });
    await close();
  });

  test('says what is missing, and takes back what was set', async () => {
    const view = await look('decisions');
    const { page, outer, close } = view;
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Approval issues' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Fill this in.').nth(2).waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, 'settings-approval-issues');
    expect(await findings(view)).toEqual([]);
    await dialog.getByLabel('Key of the project').fill('AUDIT');
    await dialog.getByLabel('Id of the issue type').fill('10001');
    await dialog.getByLabel('Status that approves').fill('Approved');
    await dialog.getByLabel(/Everybody who can browse/).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('in AUDIT, approved by the status “Approved”, with names').waitFor();
    expect((await settings()).approvalIssues).toMatchObject({ project: 'AUDIT', confirmedBrowsers: true });

    await page.getByRole('button', { name: 'Approval issues' }).click();
    await dialog.getByRole('button', { name: 'No issues' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await settings()).approvalIssues).toBeNull();
    await close();
  });

  test('says which issues ask for accesses back, and takes it back', async () => {
    const view = await look('decisions');
    const { page, outer, close } = view;
    const dialog = page.getByRole('dialog');
    await page.getByText('none: no issue gives anything back').waitFor();
    await page.getByRole('button', { name: 'Change requests' }).click();
    await dialog.getByLabel('Key of the project').fill('help');
    await dialog.getByLabel('Status that approves').fill('Approved');
    await dialog.getByLabel('Id of the field').fill('customfield_10050');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('such as HELP').waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, 'settings-requests');
    expect(await findings(view)).toEqual([]);
    await dialog.getByLabel('Key of the project').fill('HELP');
    await dialog.getByLabel('Status that approves').fill('Aproved');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('choose one of those that it has', { exact: false }).waitFor();
    await dialog.getByLabel('Status that approves').fill('Approved');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('whom the field customfield_10050 names').waitFor();
    const wanted = { project: 'HELP', approvedStatus: 'Approved', field: 'customfield_10050' };
    expect((await settings()).requests).toEqual(wanted);

    await page.getByRole('button', { name: 'Change requests' }).click();
    await dialog.getByRole('button', { name: 'No requests' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await settings()).requests).toBeUndefined();
    await close();
  });

  test('gives a role to a group', async () => {
    const view = await look('decisions');
    const { page, close } = view;
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Choose operators' }).click();
    await dialog.getByRole('combobox').fill('contractors-keep');
    await page.getByRole('option', { name: 'contractors-keep' }).click();
    await dialog.getByRole('button', { name: 'Give the role' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('contractors-keep').first().waitFor();
    expect((await settings()).roles.operator?.name).toBe('contractors-keep');
    await close();
  });

  test('asks for a move only with everything that it takes', async () => {
    const view = await look('experiments');
    const { page, outer, close } = view;
    await page.getByRole('button', { name: 'Move a person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Ask for the move' }).click();
    await dialog.getByText('Fill this in.').first().waitFor();
    await dialog.getByText(/Write a reason/).waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, 'settings-begin-move');
    expect(await findings(view)).toEqual([]);
    expect(view.commands).not.toContain('beginMove');
    await close();
  });

  const DARK: [part: string, opens: string][] = [
    ['limits', 'Change cap'],
    ['log', 'Change how it is kept'],
    ['decisions', 'Choose approvers'],
    ['experiments', 'Move a person'],
    ['fields', 'Add field'],
    ['fields', 'Import values (CSV)'],
    ['lists', 'Create list'],
    ['configuration', 'Import a file'],
  ];

  test.each(DARK)('can be read in the dark: %s, %s', async (part, opens) => {
    const as = required(site.people.orgAdmins, 0);
    const view = await site.look({ as, path: `/settings/${part}`, theme: 'dark', width: 900 });
    await view.page.getByRole('button', { name: opens, exact: true }).click();
    await view.page.getByRole('dialog').waitFor();
    await view.outer.waitForTimeout(500);
    await screenshot(view, `settings-dark-${opens.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`);
    expect(await findings(view)).toEqual([]);
    await view.close();
  });
});
