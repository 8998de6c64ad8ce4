import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Site, required, screenshot, type View } from './site.ts';

/** An export of admin.atlassian.com without a key: read in the browser, sent in parts, cut, taken up again, forgotten. */
describe('an export', () => {
  let site: Site;

  beforeAll(async () => {
    site = await Site.open({ users: 60 });
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const PEOPLE = 20_000;

  /** Enough people for several parts; two rows cannot be taken. */
  function csv(): Buffer {
    const place = 'Jira Software - acme.atlassian.net';
    const rows = Array.from({ length: PEOPLE }, (_, index) => {
      const id = `712020:${uuid(index)}`;
      const seen = index % 3 === 0 ? 'Never accessed' : `${(index % 27) + 1} Oct 2026`;
      return `${id},${name(index)},${name(index)}@example.com,Active,1 Jan 2024,User,${seen}`;
    });
    const text = [
      `User id,User name,email,User status,Added to org,${place},Last seen in ${place}`,
      ...rows,
      ',nobody',
      '',
    ];
    return Buffer.from(text.join('\n'));
  }

  /** Nothing repeats in ids and names of people: what repeats would be stored so small that one part holds all. */
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  const uuid = (index: number) =>
    digest(`id ${index}`).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  const name = (index: number) => digest(`name ${index}`).slice(0, 16);

  async function choose({ page }: View): Promise<void> {
    await page.getByLabel('Export (CSV)').setInputFiles({ name: 'export.csv', mimeType: 'text/csv', buffer: csv() });
    await page.getByLabel('Day on which it was made').fill('2026-11-20');
    await page.getByRole('button', { name: 'Upload the export' }).click();
  }

  test('is uploaded during set-up, goes on where it was cut, and is forgotten', async () => {
    const as = required(site.people.orgAdmins, 0);
    const cut = await site.look({
      as,
      told: (command) =>
        command.command === 'importPart' && command.number === 1
          ? { error: { code: 'app-failed', message: 'the connection was cut', hint: null, errors: [] } }
          : undefined,
    });
    await cut.page.getByText('Or begin without a key').waitFor();
    await choose(cut);
    await cut.page.getByRole('alert').getByText('The export was not uploaded').waitFor({ timeout: 30_000 });
    await cut.page.getByText('The upload of export.csv stopped').waitFor();
    expect(cut.commands.filter((command) => command === 'importPart')).toHaveLength(2);
    await cut.close();

    const view = await site.look({ as, path: '/known', height: 1700 });
    await view.page.getByText(/^2 of \d+ parts are here/).waitFor();
    await choose(view);
    await view.outer.getByText('The export is in use').waitFor({ timeout: 30_000 });
    await view.page.getByText('In use since').waitFor();
    expect(await view.page.getByLabel('Export (CSV)').inputValue()).toBe('');
    const state = await site.administrator().command('import', { command: 'import' });
    const parts = state.import?.parts ?? 0;
    expect(parts).toBeGreaterThan(2);
    expect(view.commands.filter((command) => command === 'importPart')).toHaveLength(parts - 2);
    expect(state.import).toMatchObject({ received: parts, made: '2026-11-20T00:00:00Z' });
    expect(state.import?.report).toMatchObject({ people: PEOPLE, refused: 1 });
    await view.page
      .getByRole('table', { name: 'Refused rows' })
      .getByText(String(PEOPLE + 2), { exact: false })
      .waitFor();
    await screenshot(view, 'export');

    await view.page.getByRole('button', { name: 'Forget the export' }).click();
    await view.page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click();
    await view.page.getByText('In use since').waitFor({ state: 'detached' });
    expect((await site.administrator().command('import', { command: 'import' })).import).toBeNull();
  });

  test('a file that is none is refused with what to do, and nothing is sent', async () => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: '/known' });
    const buffer = Buffer.from('colour,size\nred,3\n');
    await view.page.getByLabel('Export (CSV)').setInputFiles({ name: 'shop.csv', mimeType: 'text/csv', buffer });
    await view.page.getByRole('button', { name: 'Upload the export' }).click();
    const alert = view.page.getByRole('alert').filter({ hasText: 'The export was not uploaded' });
    await alert.getByText(/as admin.atlassian.com made it/).waitFor();
    await screenshot(view, 'export-refused');
    expect(view.commands).not.toContain('beginImport');
  });
});
