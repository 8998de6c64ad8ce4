import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { follow } from '../demonstration/follow.ts';
import { prepare } from '../demonstration/scene.ts';
import { findings } from './axe.ts';
import { Site, required, screenshot } from './site.ts';

/** The list of exemptions as a file: out of the page and into it. */
describe('the exemptions', () => {
  let site: Site;

  beforeAll(async () => {
    site = await Site.open();
    const first = site.administrator();
    await prepare(site.stage.cloud, site.people, first, 400);
    // Reads the organization, without which nobody knows whom a group shelters.
    const { id } = await first.command('run', { command: 'startRun', policy: 'idle-contractors', dry: true });
    await follow(first, id, () => undefined);
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  test('are exported as a table that can be read back', async () => {
    const { page, outer, close } = await site.look({ as: required(site.people.orgAdmins, 0), path: '/exemptions' });
    await page.getByText(/contractors-keep/).waitFor();
    const download = outer.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    const [head, ...rows] = text.trim().split('\r\n');
    expect(head).toBe('kind,subject,name,reason,owner,expires,policies');
    expect(rows).toHaveLength(3);
    expect(rows.join()).toContain('comes back next month');
    await close();
  });

  test('are imported row by row, and what is refused is reported', async () => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: '/exemptions' });
    const { page, outer, close } = view;
    await page.getByRole('button', { name: 'Import CSV' }).click();
    const dialog = page.getByRole('dialog');
    const file = (content: string) => ({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
    await dialog.getByLabel('CSV file').setInputFiles(file('who,why\r\na,b\r\n'));
    await dialog.getByText('It lacks the columns: kind, subject, reason.').waitFor();

    const rows = [
      'kind,subject,reason,expires',
      `user,${required(site.people.ordinary, 2)},on parental leave,2099-12-31`,
      'user,712020:nobody,a typing error,',
      'domain,partner.example,a partner,',
      'tribe,x,y,',
    ];
    await dialog.getByLabel('CSV file').setInputFiles(file(`${rows.join('\r\n')}\r\n`));
    await dialog.getByText('The file has 4 rows.').waitFor();
    await dialog.getByText('1 cannot be added and will be reported').waitFor();
    expect(await findings(view)).toEqual([]);
    await dialog.getByRole('button', { name: 'Import 4 rows' }).click();
    await dialog.getByText('2 of 4 rows were added.').waitFor();
    await dialog.getByRole('row').filter({ hasText: '712020:nobody' }).waitFor();
    await dialog.getByText('The kind is none of').waitFor();
    expect(await findings(view)).toEqual([]);
    await screenshot(view, 'exemptions-imported');
    const download = outer.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download what was refused' }).click();
    const refused = readFileSync(await (await download).path(), 'utf8');
    expect(refused).toContain('712020:nobody');
    expect(refused).not.toContain('partner.example');
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await page.getByRole('row').filter({ hasText: 'on parental leave' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'partner.example' }).waitFor();
    await close();
  });

  test('lead to the people whom each one shelters now', async () => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: '/exemptions', width: 900 });
    const row = view.page.getByRole('row').filter({ hasText: 'contractors-keep' });
    const link = row.getByRole('link', { name: /^\d+ (person|people)$/ });
    await link.waitFor();
    await screenshot(view, 'exemptions-900');
    expect(await link.getAttribute('href')).toMatch(/^#\/people\/group\//);
    await view.close();
  });

  test('by pattern lead to as many people as they say', async () => {
    const administrator = site.administrator();
    const [domain = ''] = site.people.contractorDomains;
    const subjects = [
      { kind: 'groupName' as const, glob: 'contractors-*' },
      { kind: 'email' as const, glob: `*1@${domain}` },
    ];
    for (const subject of subjects) {
      const terms = { reason: 'by pattern', owner: null, expires: null, policies: null };
      await administrator.command('exemptions', { command: 'addExemption', subject, ...terms });
    }
    const { exemptions } = await administrator.command('exemptions', { command: 'exemptions' });
    for (const { glob } of subjects) {
      const shelters = exemptions.find(({ subject }) => 'glob' in subject && subject.glob === glob)?.shelters;
      expect(shelters).toBeGreaterThan(0);
      const view = await site.look({ as: required(site.people.orgAdmins, 0), path: '/exemptions' });
      await view.page
        .getByRole('row')
        .filter({ hasText: glob })
        .getByRole('link', { name: new RegExp(`^${shelters} (person|people)$`) })
        .click();
      await view.page.getByText(new RegExp(`^${shelters} of \\d+ users$`)).waitFor();
      await view.page.getByRole('button', { name: `Exempt by ${glob} ×: take this filter away` }).waitFor();
      await view.close();
    }
  });
});
