import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findings } from './axe.ts';
import { openPrepared } from './prepared-site.ts';
import { required, screenshot, type Site, type View } from './site.ts';

/** The configuration as a file, out of one state and back into another. */
describe('the configuration', () => {
  let site: Site;
  let file: string;

  beforeAll(async () => {
    site = await openPrepared();
    const administrator = site.administrator();
    await administrator.command('settings', {
      command: 'setFields',
      fields: [{ name: 'team', kind: 'text', choices: [] }],
    });
    const person = {
      account: required(site.people.ordinary, 0),
      values: [['team', 'red'] as [string, string]],
      note: 'ä'.repeat(60_000).slice(0, 2_000),
    };
    await administrator.command('personFields', { command: 'setPersonFields', person });
    // Enough for several parts.
    const members = Array.from({ length: 3_000 }, (_, index) => `person.number.${index}@acme.example`);
    await administrator.command('lists', { command: 'importList', name: 'leavers', members, part: 0, of: 1 });
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const look = (rest = {}): Promise<View> =>
    site.look({ as: required(site.people.orgAdmins, 0), path: '/settings/configuration', height: 1200, ...rest });

  const overview = () => site.administrator().command('overview', { command: 'overview' });
  const policies = async () => (await site.administrator().command('policies', { command: 'policies' })).policies;

  const choose = ({ page }: View, text: string): Promise<void> =>
    page
      .getByLabel('Exported file (JSON)')
      .setInputFiles({ name: 'configuration.json', mimeType: 'application/json', buffer: Buffer.from(text) });

  test.each(['light', 'dark'] as const)('says what is in the file and what is not (%s)', async (theme) => {
    const view = await look({ theme });
    await view.page.getByText('The organization’s key: enter one where the file is imported').waitFor();
    await view.outer.waitForTimeout(300);
    await screenshot(view, `settings-configuration-${theme}`);
    expect(await findings(view)).toEqual([]);
    await view.close();
  });

  test('is downloaded as one file without the key', async () => {
    const view = await look();
    const download = view.outer.waitForEvent('download');
    await view.page.getByRole('button', { name: 'Download the file' }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toMatch(/^seatkeeper-configuration-\d{4}-\d\d-\d\d\.json$/);
    file = readFileSync(await saved.path(), 'utf8');
    const read = JSON.parse(file) as Record<string, unknown[]>;
    expect(Object.keys(read)).toEqual([
      'seatkeeper',
      'made',
      'settings',
      'policies',
      'exemptions',
      'trend',
      'people',
      'lists',
      'dropped',
    ]);
    expect(read['exemptions']).toHaveLength(3);
    expect(view.commands.filter((command) => command === 'export').length).toBeGreaterThan(1);
    expect(file).not.toMatch(/apiKey|Bearer/);
    await view.close();
  });

  test('a file that is none is refused before anything is sent', async () => {
    const view = await look();
    await view.page.getByRole('button', { name: 'Import a file' }).click();
    await choose(view, '{"some": "thing"}');
    await view.page.getByText('This file is no exported configuration').waitFor();
    expect(await view.page.getByRole('button', { name: 'Take it over' }).isDisabled()).toBe(true);
    expect(view.commands).not.toContain('importConfiguration');
    await view.close();
  });

  test('shows what a file changes, is taken over and says what comes next', async () => {
    const administrator = site.administrator();
    await administrator.command('settings', { command: 'setLimits', percentPerDay: 9 });
    await administrator.command('settings', { command: 'setFields', fields: [] });
    await administrator.command('lists', { command: 'dropList', name: 'leavers' });
    const [before] = await policies();
    const changed = { ...before?.policy, name: 'Renamed since' };
    await administrator.command('saved', { command: 'savePolicy', document: JSON.stringify(changed) });
    const here = { ...changed, id: 'only-here', name: 'Only here' };
    await administrator.command('saved', { command: 'savePolicy', document: JSON.stringify(here) });
    const domain = { kind: 'domain' as const, domain: 'partner.example' };
    const terms = { owner: null, expires: null, policies: null };
    await administrator.command('exemptions', { command: 'addExemption', subject: domain, reason: 'x', ...terms });

    const view = await look({ height: 1400 });
    const { page, outer, close } = view;
    await page.getByRole('button', { name: 'Import a file' }).click();
    await choose(view, file);
    const dialog = page.getByRole('dialog');
    const row = (text: string) => dialog.getByRole('row').filter({ hasText: text });
    await row('Cap in any 24 hours').getByText('9 %').waitFor();
    await row('Cap in any 24 hours').getByText('50 %').waitFor();
    await row('Own fields').getByText('team').waitFor();
    await row('Idle contractors').getByText('Replaced by the file’s').waitFor();
    await row('Only here').getByText('Only here: stays').waitFor();
    await dialog.getByText('0 new, 3 of those that are here already').waitFor();
    await dialog.getByText('1 new, 0 of those that are here already').waitFor();
    await dialog.getByText('set for 1 person').waitFor();
    await outer.waitForTimeout(500);
    await screenshot(view, 'settings-configuration-import');
    expect(await findings(view)).toEqual([]);
    expect(view.commands).not.toContain('importConfiguration');

    const download = outer.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download what is here now' }).click();
    expect(readFileSync(await (await download).path(), 'utf8')).toContain('Renamed since');
    await dialog.getByRole('button', { name: 'Take it over' }).click();
    await page.getByText('1 policy was new or other. 0 exemptions were new.').waitFor();
    await page.getByRole('link', { name: 'Policies' }).waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, 'settings-configuration-taken');
    expect(await findings(view)).toEqual([]);
    expect(view.commands.filter((command) => command === 'importConfiguration').length).toBeGreaterThan(1);

    const { settings } = await overview();
    expect(settings.percentPerDay).toBe(50);
    expect(settings.fields).toEqual([{ name: 'team', kind: 'text', choices: [] }]);
    expect((await policies()).map(({ reference }) => reference.name)).toEqual(['Idle contractors', 'Only here']);
    const { lists } = await administrator.command('lists', { command: 'lists' });
    expect(lists).toMatchObject([{ name: 'leavers', members: 3_000 }]);
    await close();
  });

  test('that was cut goes on where it stopped', async () => {
    let cut = true;
    const view = await look({
      told: (command: { command: string; part?: number }) => {
        if (command.command !== 'importConfiguration' || command.part !== 1 || !cut) return undefined;
        cut = false;
        return { error: { code: 'app-failed', message: 'the connection was cut', hint: null, errors: [] } };
      },
    });
    const { page, close } = view;
    await page.getByRole('button', { name: 'Import a file' }).click();
    await choose(view, file);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nothing changes in the settings.').waitFor();
    await dialog.getByRole('button', { name: 'Take it over' }).click();
    await dialog.getByText('The configuration was not taken over as a whole').waitFor();
    await dialog.getByText(/The connection was cut/).waitFor();
    await dialog.getByRole('button', { name: 'Take it over' }).click();
    await page.getByText('0 policies were new or other.', { exact: false }).waitFor();
    await close();
  });

  test('in German, narrow and dark', async () => {
    const view = await look({ locale: 'de_DE', width: 900, theme: 'dark' });
    await view.page.getByText('Konfiguration exportieren').waitFor();
    await view.page.getByRole('button', { name: 'Datei importieren' }).click();
    await view.page
      .getByLabel('Exportierte Datei (JSON)')
      .setInputFiles({ name: 'configuration.json', mimeType: 'application/json', buffer: Buffer.from(file) });
    await view.page.getByText('An den Einstellungen ändert sich nichts.').waitFor();
    await view.outer.waitForTimeout(500);
    await screenshot(view, 'settings-configuration-german');
    expect(await findings(view)).toEqual([]);
    await view.close();
  });
});
