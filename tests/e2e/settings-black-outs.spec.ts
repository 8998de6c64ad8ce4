import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findings } from './axe.ts';
import { openPrepared } from './prepared-site.ts';
import { required, screenshot, type Site, type View } from './site.ts';

const DAILY = {
  version: 1,
  id: 'daily',
  name: 'Daily',
  match: { idle: { longerThan: '90d' } },
  stages: [{ after: '0d', do: 'suspend' }],
  schedule: { every: { n: 1, unit: 'day' }, at: '06:00', zone: 'UTC' },
};

/** A day so many days from now, in UTC. */
const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

/** Days on which no policy starts a run by itself. */
describe('the black-outs of the organization', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openPrepared();
    await site.administrator().command('saved', { command: 'savePolicy', document: JSON.stringify(DAILY) });
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const look = (path: string, theme: 'light' | 'dark' = 'light'): Promise<View> =>
    site.look({ as: required(site.people.orgAdmins, 0), path, theme, height: 1200 });

  const settings = async () => (await site.administrator().command('overview', { command: 'overview' })).settings;

  test.each(['light', 'dark'] as const)('are refused with every mistake where it stands (%s)', async (theme) => {
    const view = await look('/settings/limits', theme);
    const { page, outer, close } = view;
    await page.getByText('The organization has none.').waitFor();
    await page.getByRole('button', { name: 'Change the black-outs' }).click();
    const dialog = page.getByRole('dialog');
    for (const [from, to] of [
      ['2026-12-20', '2026-12-19'],
      ['', '2027-01-03'],
    ] as const) {
      await dialog.getByRole('button', { name: 'Add days from one date to another' }).click();
      await dialog.getByLabel('From').last().fill(from);
      await dialog.getByLabel('To', { exact: true }).last().fill(to);
    }
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').getByText('The black-outs have mistakes; nothing was stored.').waitFor();
    const window = (number: number) => dialog.getByRole('group', { name: `Window ${number}` });
    await window(1).getByText('Must not be before `from`.').waitFor();
    await window(2).getByText('Must not be empty.').waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, `settings-black-outs-${theme}`);
    expect(await findings(view)).toEqual([]);
    expect((await settings()).blackOuts).toEqual({ zone: 'UTC' });
    await close();
  });

  test('are put in, and every policy says so', async () => {
    const view = await look('/settings/limits');
    const { page, close } = view;
    await page.getByRole('button', { name: 'Change the black-outs' }).click();
    const dialog = page.getByRole('dialog');
    for (const day of ['Saturday', 'Sunday']) {
      await dialog.getByLabel('Never on').fill(day);
      await dialog.getByLabel('Never on').press('Enter');
    }
    await dialog.getByRole('button', { name: 'Add days from one date to another' }).click();
    await dialog.getByLabel('From').fill('2027-12-20');
    await dialog.getByLabel('To', { exact: true }).fill('2028-01-03');
    await dialog.getByLabel('Time zone of these days').fill('Europe/Berlin');
    await dialog.getByLabel('Time zone of these days').press('Enter');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(/Saturday, Sunday,? and .*2027.* to .*2028.* \(Europe\/Berlin\)/).waitFor();
    await screenshot(view, 'settings-black-outs-set');
    expect((await settings()).blackOuts).toEqual({
      zone: 'Europe/Berlin',
      except: ['sat', 'sun', { from: '2027-12-20', to: '2028-01-03' }],
    });
    await close();
  });

  test('move the next runs that the editor shows', async () => {
    const document = JSON.stringify({ zone: 'UTC', except: [{ from: day(0), to: day(7) }] });
    await site.administrator().command('settings', { command: 'setBlackOuts', document });
    const view = await look('/policies/edit/daily');
    const { page, outer, close } = view;
    await page.getByRole('tab', { name: /Schedule/ }).click();
    await page.getByText(/in the black-outs of the organization/).waitFor();
    const runs = page.getByRole('region', { name: 'Next five runs' }).getByRole('listitem');
    await runs.nth(4).waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, 'policy-black-outs');
    expect(await findings(view)).toEqual([]);
    const starts = await runs.locator('time').evaluateAll((all) => all.map((each) => each.getAttribute('datetime')));
    // At the end of the black-out for all that fell into it, and then every day.
    const expected = [`${day(8)}T00:00:00Z`, ...[8, 9, 10, 11].map((ahead) => `${day(ahead)}T06:00:00Z`)];
    expect(starts).toEqual(expected);
    const { policies } = await site.administrator().command('policies', { command: 'policies' });
    const daily = policies.find(({ reference }) => reference.id === 'daily');
    expect(daily?.nextDue).toBe(expected[0]);
    await close();
  });

  test('are taken away again', async () => {
    const view = await look('/settings/limits');
    const { page, close } = view;
    await page.getByRole('button', { name: 'Change the black-outs' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Remove Window 1' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('The organization has none.').waitFor();
    expect((await settings()).blackOuts).toEqual({ zone: 'UTC' });
    await close();
  });
});
