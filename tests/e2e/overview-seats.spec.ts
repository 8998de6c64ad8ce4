import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awaitRun, follow } from '../demonstration/follow.ts';
import { findings } from './axe.ts';
import { openTicked } from './prepared-site.ts';
import { required, screenshot, type Site } from './site.ts';

/** Each number of the seats leads to as many people as it says. */
describe('the seats of the overview', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openTicked(400);
    const administrator = site.administrator();
    const run = await awaitRun(administrator);
    await follow(administrator, run.id, () => undefined);
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const look = (path: string, theme: 'light' | 'dark' = 'light') =>
    site.look({ as: required(site.people.orgAdmins, 0), path, theme, height: 1700 });

  const figures = async () => {
    const { reading } = await site.administrator().command('overview', { command: 'overview' });
    return reading.snapshot?.products ?? [];
  };

  test('lead to those who take them, and to those of whom that is not known', async () => {
    const products = await figures();
    expect(products.length).toBeGreaterThan(1);
    const view = await look('/');
    const { page, close } = view;
    const table = page.getByRole('table', { name: 'Seats by product and site' });
    await table.waitFor();
    await screenshot(view, 'overview-seats');
    for (const { product, site: host, seats, seatsUnknown, people } of products) {
      for (const [count, behind] of [
        [people, ''],
        [seats, '/seat/taken'],
        [seatsUnknown, '/seat/unknown'],
      ] as const) {
        const path = `/people/status/active/status/unknown/product/${product}/site/${host}${behind}`;
        const link = table.locator(`a[href="#${path}"]`);
        if (behind === '/seat/unknown' && count === 0) {
          expect(await link.count()).toBe(0);
          continue;
        }
        expect((await link.innerText()).replace(/\D/g, ''), path).toBe(String(count));
        await link.click();
        await page.getByText(new RegExp(`^${count} of \\d+ users$`)).waitFor();
        await page.getByRole('tab', { name: 'Overview' }).click();
        await table.waitFor();
      }
    }
    await close();
  });

  test('stand beside how many are idle or were never seen, which leads to exactly those', async () => {
    const { reading } = await site.administrator().command('overview', { command: 'overview' });
    const count = reading.snapshot?.coverage.idle.part ?? 0;
    const view = await look('/');
    const { page, close } = view;
    const figure = page.getByRole('link').filter({ hasText: 'idle for 30 days, or never seen' });
    await figure.waitFor();
    expect((await figure.locator('.figure-value').innerText()).replace(/\D/g, '')).toBe(String(count));
    await figure.click();
    await page.getByText(new RegExp(`^${count} of \\d+ users$`)).waitFor();
    await page.getByRole('button', { name: /^Idle for more than 30 days, or never seen, in all products ×/ }).waitFor();
    // Both kinds are among them, and nobody is in both.
    let together = 0;
    for (const kind of ['idle/days/30', 'never']) {
      const alone = await look(`/people/status/active/activity/${kind}/unused/30`);
      await alone.page.getByText(/^\d+ of \d+ users$/).waitFor();
      together += Number((await alone.page.locator('.people-count').innerText()).split(' ')[0]);
      await alone.close();
    }
    expect(together).toBe(count);
    await screenshot(view, 'people-unused');
    await close();
  });

  test.each(['light', 'dark'] as const)('can be looked for on the page of the users (%s)', async (theme) => {
    const view = await look('/people/seat/taken', theme);
    const { page, outer, close } = view;
    await page.getByRole('button', { name: /Takes a seat/ }).waitFor();
    await page.getByRole('checkbox', { name: 'Takes no seat' }).check();
    await page.getByRole('checkbox', { name: 'Takes a seat' }).uncheck();
    await page.getByRole('button', { name: /Takes no seat/ }).waitFor();
    await outer.waitForTimeout(300);
    await screenshot(view, `people-seats-${theme}`);
    expect(await findings(view)).toEqual([]);
    await close();
  });
});
