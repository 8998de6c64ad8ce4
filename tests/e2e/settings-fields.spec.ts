import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CloudUser } from '../demonstration/cloud.ts';
import { findings } from './axe.ts';
import { openTicked } from './prepared-site.ts';
import { required, screenshot, type Site, type View } from './site.ts';

/** What administrators keep on people: the fields, their values and a note. */
describe('own fields', () => {
  let site: Site;
  let users: CloudUser[];

  beforeAll(async () => {
    site = await openTicked();
    users = await site.stage.cloud.users();
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const look = (path: string, rest = {}): Promise<View> =>
    site.look({ as: required(site.people.orgAdmins, 0), path, height: 1000, ...rest });

  const settings = async () => (await site.administrator().command('overview', { command: 'overview' })).settings;

  const saidOf = async (accounts: string[]) =>
    (await site.administrator().command('personFields', { command: 'personFields', accounts })).people;

  /** People of whom nobody else in the organization is told here. */
  const someone = (index: number): string => {
    const contractors = users.filter(({ email }) =>
      String(email).endsWith(`@${required(site.people.contractorDomains, 0)}`),
    );
    return required(
      contractors.map(({ accountId }) => accountId),
      index,
    );
  };

  const addressOf = (account: string): string =>
    String(users.find(({ accountId }) => accountId === account)?.['email']);

  test('are defined with a name and what their values are', async () => {
    const view = await look('/settings/fields');
    const { page, outer, close } = view;
    await page.getByText('No fields yet').waitFor();
    await screenshot(view, 'settings-fields-none');
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Add field' }).click();
    await dialog.getByRole('button', { name: 'Add field' }).click();
    await dialog.getByText('Enter a name.').waitFor();
    await dialog.getByLabel('Name').fill('cost center');
    await dialog.getByRole('button', { name: 'Add field' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: 'cost center' }).getByText('Text of one line').waitFor();

    await page.getByRole('button', { name: 'Add field' }).click();
    await dialog.getByLabel('Name').fill('contract ends');
    await dialog.getByLabel('Day', { exact: true }).check();
    await dialog.getByRole('button', { name: 'Add field' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: 'contract ends' }).waitFor();

    await page.getByRole('button', { name: 'Add field' }).click();
    await dialog.getByLabel('Name').fill('team');
    await dialog.getByLabel('One of some values').check();
    await dialog.getByRole('button', { name: 'Add field' }).click();
    await dialog.getByText('Enter at least one value.').waitFor();
    await dialog.getByLabel('Values to choose from').fill('red\n\nblue\nred');
    await outer.waitForTimeout(300);
    await screenshot(view, 'settings-field');
    expect(await findings(view)).toEqual([]);
    await dialog.getByRole('button', { name: 'Add field' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: 'team' }).getByText('One of red or blue').waitFor();
    expect((await settings()).fields).toEqual([
      { name: 'cost center', kind: 'text', choices: [] },
      { name: 'contract ends', kind: 'date', choices: [] },
      { name: 'team', kind: 'choice', choices: ['red', 'blue'] },
    ]);
    await close();
  });

  test('of one person are set in the panel, with a note', async () => {
    const account = someone(0);
    const view = await look(`/people/person/${account}`);
    const { page, outer, close } = view;
    const own = page.getByRole('region', { name: 'Own fields and note' });
    await own.getByText('not set').first().waitFor();
    await own.getByRole('button', { name: /^Edit own fields/ }).click();
    const dialog = page.getByRole('dialog').last();
    await dialog.getByLabel('cost center').fill('4711');
    await dialog.getByLabel('contract ends').fill('2027-01-31');
    await dialog.getByLabel('team').click();
    await dialog.getByRole('option', { name: 'blue' }).click();
    await dialog.getByLabel('Note').fill('works from Lisbon\nuntil spring');
    await outer.waitForTimeout(300);
    await screenshot(view, 'person-own-dialog');
    expect(await findings(view)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await own.getByText('4711').waitFor();
    await own.getByText('works from Lisbon').waitFor();
    await own.scrollIntoViewIfNeeded();
    await outer.waitForTimeout(300);
    await screenshot(view, 'person-own');
    expect(await findings(view)).toEqual([]);
    const [said] = await saidOf([account]);
    expect(said).toEqual({
      account,
      values: [
        ['cost center', '4711'],
        ['contract ends', '2027-01-31'],
        ['team', 'blue'],
      ],
      note: 'works from Lisbon\nuntil spring',
    });

    await own.getByRole('button', { name: /^Edit own fields/ }).click();
    await dialog.getByLabel('cost center').fill('');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await own.getByText('4711').waitFor({ state: 'detached' });
    const [after] = await saidOf([account]);
    expect(after?.values).toEqual([
      ['contract ends', '2027-01-31'],
      ['team', 'blue'],
    ]);
    await close();
  });

  test('are shown in the dark, and a viewer changes none of them', async () => {
    const path = `/people/person/${someone(0)}`;
    const view = await look(path, { as: required(site.people.jiraAdmins, 0), theme: 'dark', width: 900 });
    const { page, outer, close } = view;
    const own = page.getByRole('region', { name: 'Own fields and note' });
    await own.getByText('works from Lisbon').waitFor();
    expect(await own.getByRole('button', { name: /^Edit own fields/ }).isDisabled()).toBe(true);
    await own.scrollIntoViewIfNeeded();
    await outer.waitForTimeout(500);
    await screenshot(view, 'person-own-dark');
    expect(await findings(view)).toEqual([]);
    await close();
  });

  test('are set from a file by account ids and addresses, and what sets nothing is named', async () => {
    const [kim, lee] = [someone(1), someone(2)];
    const view = await look('/settings/fields');
    const { page, outer, close } = view;
    await page.getByRole('button', { name: 'Import values' }).click();
    const dialog = page.getByRole('dialog');
    const file = (content: string) => ({ name: 'hr.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
    await dialog.getByLabel('CSV file').setInputFiles(file('name,team\r\nkim,red\r\n'));
    await dialog.getByText('This file cannot be imported').waitFor();
    const rows = [
      'email,account,team,cost center,shoe size',
      `,${kim},red,0815,44`,
      `${addressOf(lee).toUpperCase()},,blue,,`,
      'nobody@nowhere.example,,red,,',
      `,${someone(3)},green,,`,
    ];
    await dialog.getByLabel('CSV file').setInputFiles(file(`${rows.join('\r\n')}\r\n`));
    await dialog.getByText('Sets team, cost center for 2 people.').waitFor({ timeout: 20_000 });
    await dialog.getByText('Left out: shoe size.').waitFor();
    await dialog.getByRole('row').filter({ hasText: 'nobody@nowhere.example' }).waitFor();
    await dialog.getByText('It is none of the field’s values.').waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, 'settings-fields-import');
    expect(await findings(view)).toEqual([]);
    await dialog.getByRole('button', { name: 'Set values of 2 people' }).click();
    await dialog.getByText('Set for 2 of 2 people.').waitFor();
    await screenshot(view, 'settings-fields-imported');
    expect(await findings(view)).toEqual([]);
    const said = new Map((await saidOf([kim, lee])).map(({ account, values }) => [account, values]));
    expect(said.get(kim)).toEqual([
      ['team', 'red'],
      ['cost center', '0815'],
    ]);
    expect(said.get(lee)).toEqual([['team', 'blue']]);
    await close();
  });

  test.each(['light', 'dark'] as const)('say which policies ask for them (%s)', async (theme) => {
    await site.administrator().command('saved', { command: 'savePolicy', document: JSON.stringify(ON_TEAM) });
    const view = await look('/settings/fields', { theme, width: 900 });
    const { page, outer, close } = view;
    const team = page.getByRole('row').filter({ hasText: 'team' });
    await team.getByRole('link', { name: 'The red team' }).waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, `settings-fields-${theme}`);
    expect(await findings(view)).toEqual([]);
    await close();
  });

  test('decide on the page as they do in a run', async () => {
    await site.administrator().command('saved', { command: 'savePolicy', document: JSON.stringify(ON_TEAM) });
    const [red, blue] = [someone(1), someone(2)];
    const view = await look(`/people/policy/${ON_TEAM.id}/person/${red}`);
    const { page, close } = view;
    const named = (account: string) => page.getByRole('row').filter({ hasText: addressOf(account) });
    await expect.poll(() => view.commands, { timeout: 15_000 }).toContain('ownNames');
    await expect.poll(() => named(blue).count(), { timeout: 15_000 }).toBe(0);
    await named(red).waitFor();
    expect(await page.getByText(/a run decides/i).count()).toBe(0);
    await close();
  });

  test('are changed and removed, and say what becomes of policies and values', async () => {
    const view = await look('/settings/fields');
    const { page, outer, close } = view;
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Change the field team' }).click();
    await dialog.getByLabel('Values to choose from').fill('red\nblue\ngreen');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(/One of red, blue,? or green/).waitFor();

    await page.getByRole('link', { name: 'The red team' }).waitFor();
    await page.getByRole('button', { name: 'Remove the field team' }).click();
    await dialog.getByText(/1 policy asks for it/).waitFor();
    await dialog.getByRole('link', { name: 'The red team' }).waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, 'settings-field-drop');
    expect(await findings(view)).toEqual([]);
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('row').filter({ hasText: 'team' }).waitFor({ state: 'detached' });
    expect((await settings()).fields?.map(({ name }) => name)).toEqual(['cost center', 'contract ends']);
    await close();
  });

  test('speak German', async () => {
    const view = await look('/settings/fields', { locale: 'de_DE', width: 900 });
    await view.page.getByText('Text aus einer Zeile').waitFor();
    await screenshot(view, 'settings-fields-german');
    await view.close();
  });
});

const ON_TEAM = {
  version: 1,
  id: 'red-team',
  name: 'The red team',
  match: { all: [{ status: ['active'] }, { field: { name: 'team', is: 'red' } }] },
  stages: [{ after: '0d', do: 'suspend' }],
};
