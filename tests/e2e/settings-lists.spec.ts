import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command, Reply } from '../../forge-app/gen/types';
import { findings } from './axe.ts';
import { openPrepared } from './prepared-site.ts';
import { required, screenshot, type Site, type View } from './site.ts';

/** Lists of people that policies rest on. */
describe('the lists', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openPrepared();
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const look = (rest = {}): Promise<View> =>
    site.look({ as: required(site.people.orgAdmins, 0), path: '/settings/lists', height: 1000, ...rest });

  const lists = async () => (await site.administrator().command('lists', { command: 'lists' })).lists;

  test('are created from what is pasted, and a name is taken once', async () => {
    const view = await look();
    const { page, outer, close } = view;
    await page.getByText('No lists yet').waitFor();
    await page.getByRole('button', { name: 'Create list' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('leavers');
    await dialog.getByRole('button', { name: 'Create list' }).click();
    await dialog.getByText('Name somebody by e-mail address or account id.').waitFor();
    await dialog
      .getByLabel('E-mail addresses or account ids')
      .fill(`Kim Jones, Kim@acme.example\nlee@acme.example; ${required(site.people.ordinary, 0)}\nkim@acme.example`);
    await dialog.getByText('4 addresses and ids are given. 2 other words are left out.').waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, 'settings-list-new');
    expect(await findings(view)).toEqual([]);
    await dialog.getByRole('button', { name: 'Create list' }).click();
    await dialog.waitFor({ state: 'detached' });
    const row = page.getByRole('row').filter({ hasText: 'leavers' });
    await row.getByRole('button', { name: '3 members of leavers' }).waitFor();
    await row.getByText('no policy').waitFor();
    expect(await lists()).toMatchObject([{ name: 'leavers', members: 3, had: null, hasShrunk: false }]);

    await page.getByRole('button', { name: 'Create list' }).click();
    await dialog.getByLabel('Name').fill('leavers');
    await dialog.getByLabel('E-mail addresses or account ids').fill('ann@acme.example');
    await dialog.getByRole('button', { name: 'Create list' }).click();
    await dialog.getByText(/There is a list of this name/).waitFor();
    await close();
  });

  test('show who is on them, and hand them out', async () => {
    const view = await look();
    const { page, outer, close } = view;
    await page.getByRole('button', { name: '3 members of leavers' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('kim@acme.example').waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, 'settings-list-members');
    expect(await findings(view)).toEqual([]);
    const download = outer.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download CSV' }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    expect(text.trim().split('\r\n').slice(0, 3)).toEqual(['member', 'kim@acme.example', 'lee@acme.example']);
    await dialog.getByLabel('Find a member').fill('LEE@');
    await dialog.getByText('1 member', { exact: true }).waitFor();
    expect(await dialog.getByText('kim@acme.example').count()).toBe(0);
    await close();
  });

  test('take people in and let people go, and say what that means for runs', async () => {
    const view = await look();
    const { page, outer, close } = view;
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Change the list leavers' }).click();
    const file = 'e-mail\r\nann@acme.example\r\nkim@acme.example\r\n';
    await dialog
      .getByLabel('Or from a file')
      .setInputFiles({ name: 'hr.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
    await dialog.getByText('4 members instead of 3').waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, 'settings-list-change');
    expect(await findings(view)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '4 members of leavers' }).waitFor();

    await page.getByRole('button', { name: 'Change the list leavers' }).click();
    await dialog.getByLabel('Take people off').check();
    await dialog.getByLabel('E-mail addresses or account ids').fill('LEE@acme.example ann@acme.example');
    await dialog.getByText('2 members instead of 4').waitFor();
    await dialog.getByText(/runs that rest on it are held/).waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '2 members of leavers' }).waitFor();
    await page.getByText('Shrunk from 4 to 2').waitFor();
    expect(await lists()).toMatchObject([{ name: 'leavers', members: 2, had: 4, hasShrunk: true }]);
    await close();
  });

  test('of many people come in by parts', async () => {
    const view = await look();
    const { page, close } = view;
    const everybody = Array.from({ length: 12_000 }, (_, index) => `person.number.${index}@acme.example`);
    await page.getByRole('button', { name: 'Create list' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('everybody');
    await dialog
      .getByLabel('Or from a file')
      .setInputFiles({ name: 'all.txt', mimeType: 'text/plain', buffer: Buffer.from(everybody.join('\n')) });
    await dialog.getByText('12,000 addresses and ids are given.').waitFor();
    await dialog.getByRole('button', { name: 'Create list' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(view.commands.filter((command) => command === 'importList').length).toBeGreaterThan(2);
    await page.getByRole('button', { name: '12,000 members of everybody' }).click();
    await dialog.getByLabel('Find a member').fill('number.11999@');
    await dialog.getByText('1 member', { exact: true }).waitFor();
    await close();
  });

  test('that is called off on its way counts for nothing', async () => {
    const view = await look();
    const { page, outer, close } = view;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await outer.route('**/invoke', async (route) => {
      if (route.request().postData()?.includes('"importList"')) await held;
      await route.fallback();
    });
    const members = Array.from({ length: 12_000 }, (_, index) => `half.number.${index}@acme.example`);
    await page.getByRole('button', { name: 'Create list' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('half');
    await dialog
      .getByLabel('Or from a file')
      .setInputFiles({ name: 'half.txt', mimeType: 'text/plain', buffer: Buffer.from(members.join('\n')) });
    await dialog.getByText('12,000 addresses and ids are given.').waitFor();
    await dialog.getByRole('button', { name: 'Create list' }).click();
    await dialog.getByRole('progressbar', { name: 'Sending the list' }).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    release();
    await outer.waitForTimeout(1_500);
    expect(view.commands.filter((command) => command === 'importList')).toHaveLength(1);
    expect((await lists()).map(({ name }) => name)).toEqual(['leavers', 'everybody']);
    await close();
  });

  test.each(['light', 'dark'] as const)(
    'say which policies rest on them, and when they are too old (%s)',
    async (theme) => {
      await site.administrator().command('saved', { command: 'savePolicy', document: JSON.stringify(ON_LEAVERS) });
      const view = await look({ theme, width: 900, told: (_: unknown, reply: Reply) => aged(reply, 'everybody') });
      const { page, outer, close } = view;
      await page
        .getByRole('row')
        .filter({ hasText: 'leavers' })
        .getByRole('link', { name: 'Leavers lose access' })
        .waitFor();
      await page.getByRole('row').filter({ hasText: 'everybody' }).getByText('Too old to decide').waitFor();
      await outer.waitForTimeout(500);
      await screenshot(view, `settings-lists-${theme}`);
      expect(await findings(view)).toEqual([]);
      await close();
    },
  );

  test('are deleted after a question that names the policies', async () => {
    const view = await look();
    const { page, outer, close } = view;
    await page.getByRole('link', { name: 'Leavers lose access' }).waitFor();
    await page.getByRole('button', { name: 'Delete the list leavers' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/2 members are forgotten/).waitFor();
    await dialog.getByText(/1 policy rests on it/).waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, 'settings-list-drop');
    expect(await findings(view)).toEqual([]);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('row').filter({ hasText: 'leavers' }).waitFor({ state: 'detached' });
    expect((await lists()).map(({ name }) => name)).toEqual(['everybody']);
    await close();
  });

  test('that cannot be loaded say so, and are asked for again', async () => {
    let failing = true;
    const failed: Reply = { error: { code: 'app-failed', message: 'the storage is busy', hint: null, errors: [] } };
    const told = ({ command }: Command) => (command === 'lists' && failing ? failed : undefined);
    const view = await look({ told });
    await view.page.getByRole('alert').getByText('Could not load the lists').waitFor();
    await screenshot(view, 'settings-lists-failed');
    failing = false;
    await view.page.getByText('Try again').click();
    await view.page.getByRole('row').filter({ hasText: 'everybody' }).waitFor();
    await view.close();
  });

  test('speak German', async () => {
    const view = await look({ locale: 'de_DE', width: 900 });
    await view.page.getByRole('button', { name: '12.000 Mitglieder von everybody' }).waitFor();
    await screenshot(view, 'settings-lists-german');
    await view.close();
  });
});

/** As if a list had been imported long ago. */
function aged(reply: Reply, name: string): Reply | undefined {
  if (!('answer' in reply) || reply.answer.answer !== 'lists') return undefined;
  const lists = reply.answer.lists.map((list) =>
    list.name === name ? { ...list, imported: '2020-01-01T00:00:00Z' } : list,
  );
  return { answer: { ...reply.answer, lists } };
}

const ON_LEAVERS = {
  version: 1,
  id: 'leavers',
  name: 'Leavers lose access',
  match: { all: [{ status: ['active'] }, { listed: 'leavers' }] },
  stages: [{ after: '0d', do: 'suspend' }],
};
