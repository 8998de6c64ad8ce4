import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPrepared } from './prepared-site.ts';
import { required, type Site } from './site.ts';

/** The page without a mouse. */
describe('the keyboard', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openPrepared();
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  test('goes from tab to tab, opens a dialog, keeps the focus in it and gives it back', async () => {
    const { page, outer } = await site.look({ as: required(site.people.orgAdmins, 0) });
    const { keyboard } = outer;
    await page.getByRole('tab', { name: 'Overview' }).focus();
    for (const name of ['What is known', 'Users', 'Policies', 'Runs', 'Log', 'Exemptions', 'Settings']) {
      await keyboard.press('ArrowRight');
      await page.getByRole('tab', { name, selected: true }).waitFor();
    }
    await keyboard.press('ArrowLeft');
    const add = page.getByRole('button', { name: 'Add exemption' });
    await add.focus();
    await keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    for (let press = 0; press < 12; press += 1) {
      await keyboard.press('Tab');
      expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    }
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => add.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('the way back of the browser leads to the page before', async () => {
    const { page, outer } = await site.look({ as: required(site.people.orgAdmins, 0) });
    await page.getByRole('tab', { name: 'Policies' }).click();
    await page.getByRole('link', { name: 'Idle contractors' }).click();
    await page.getByRole('heading', { name: 'Policy idle-contractors' }).waitFor();
    await outer.goBack();
    await page.getByRole('button', { name: 'Add policy' }).waitFor();
    await outer.goBack();
    await page.getByText('At a glance').waitFor();
  });
});
