import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findings } from './axe.ts';
import { openTicked } from './prepared-site.ts';
import { required, screenshot, type Site } from './site.ts';

/** What seats cost, for the figures of the overview. */
describe('the prices', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openTicked();
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const prices = async () =>
    (await site.administrator().command('overview', { command: 'overview' })).settings.prices ?? [];

  const as = () => required(site.people.orgAdmins, 0);

  test.each(['light', 'dark'] as const)('are asked for in a dialog that says what is wrong (%s)', async (theme) => {
    const view = await site.look({ as: as(), path: '/settings/prices', theme });
    const { page, outer, close } = view;
    await page.getByRole('button', { name: 'Change the price of Jira', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Price of a seat and month').fill('cheap');
    await dialog.getByLabel('Currency').fill('dollars');
    await dialog.getByLabel('Tiers end at').fill('100; 200');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Enter a price such as 7.75.').waitFor();
    await dialog.getByText('Enter the three letters of a currency.').waitFor();
    await dialog.getByText('Enter whole numbers between commas.').waitFor();
    await outer.waitForTimeout(500);
    await screenshot(view, `settings-price-${theme}`);
    expect(await findings(view)).toEqual([]);
    expect(view.commands).not.toContain('setPrices');
    await close();
  });

  test('stand in the table once they are saved, and can be forgotten', async () => {
    const view = await site.look({ as: as(), path: '/settings/prices' });
    const { page, close } = view;
    const jira = page
      .getByRole('row')
      .filter({ hasText: /^Jira(?! )/ })
      .first();
    await page.getByRole('button', { name: 'Change the price of Jira', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Price of a seat and month').fill('7,75');
    await dialog.getByLabel('Currency').fill('usd');
    await dialog.getByLabel('Tiers end at').fill('200, 100');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await jira.getByText('$7.75').waitFor();
    await jira.getByText('100 and 200').waitFor();
    await screenshot(view, 'settings-prices-set');
    expect(await prices()).toEqual([
      { product: 'jira-software', site: null, perSeat: 775, currency: 'USD', tierEdges: [100, 200] },
    ]);

    await page.getByRole('button', { name: 'Change the price of Jira', exact: true }).click();
    expect(await dialog.getByLabel('Price of a seat and month').inputValue()).toBe('7.75');
    await dialog.getByRole('button', { name: 'Forget the price' }).click();
    await dialog.waitFor({ state: 'detached' });
    await jira.getByText('not known').waitFor();
    expect(await prices()).toEqual([]);
    await close();
  });

  test('differ for a site that has one of its own', async () => {
    const view = await site.look({ as: as(), path: '/settings/prices', width: 900 });
    const { page, outer, close } = view;
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Price for a site: Jira', exact: true }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Choose a site.').waitFor();
    await dialog.getByLabel('Site').click();
    await page.getByRole('option').first().click();
    await dialog.getByLabel('Price of a seat and month').fill('5');
    await dialog.getByLabel('Currency').fill('EUR');
    await outer.waitForTimeout(300);
    await screenshot(view, 'settings-price-site');
    expect(await findings(view)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const [own] = await prices();
    expect(own).toMatchObject({ product: 'jira-software', perSeat: 500, currency: 'EUR' });
    await page.getByRole('cell', { name: `Jira on ${own?.site}`, exact: true }).waitFor();
    await screenshot(view, 'settings-prices-site');
    await page.getByRole('button', { name: `Change the price of Jira on ${own?.site}` }).click();
    await dialog.getByRole('button', { name: 'Forget the price' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await prices()).toEqual([]);
    await close();
  });

  test('are reached from the tiers of the overview', async () => {
    const { page, close } = await site.look({ as: as() });
    await page.getByRole('button', { name: 'Change prices' }).click();
    await page.getByRole('heading', { name: 'Prices and tiers' }).waitFor();
    await close();
  });
});
