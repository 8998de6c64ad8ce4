import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command, Price, Reply, TrendMonth } from '../../forge-app/gen/types';
import { findings } from './axe.ts';
import { openTicked } from './prepared-site.ts';
import { required, screenshot, type Site } from './site.ts';

const DAYS = Array.from({ length: 20 }, (_, at) => at + 1);

const NOVEMBER: TrendMonth = {
  month: '2026-11',
  suspect: [7],
  places: [
    {
      product: 'jira-software',
      site: 'acme.atlassian.net',
      days: DAYS,
      people: DAYS.map((day) => 520 - day),
      active: DAYS.map((day) => 300 + day),
      idle: DAYS.map((day) => 150 - 2 * day),
      never: DAYS.map(() => 30),
      unknown: DAYS.map(() => 10),
      seats: DAYS.map((day) => 510 - day),
      capacity: DAYS.map(() => 600),
    },
  ],
};

const PRICES: Price[] = [
  { product: 'jira-software', site: null, perSeat: 775, currency: 'USD', tierEdges: [10, 50, 100, 200] },
];

/** Seats over time, and what they cost. */
describe('the overview over time', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openTicked();
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const told =
    (months: TrendMonth[]) =>
    (command: Command, reply: Reply): Reply | undefined => {
      if (command.command === 'trend') return { answer: { answer: 'trend', months, cursor: null } };
      if (!('answer' in reply) || reply.answer.answer !== 'overview') return undefined;
      return { answer: { ...reply.answer, settings: { ...reply.answer.settings, prices: PRICES } } };
    };

  test.each(['light', 'dark'] as const)('lines with a table beside them (%s)', async (theme) => {
    const as = required(site.people.orgAdmins, 0);
    const view = await site.look({ as, theme, height: 2200, told: told([NOVEMBER]) });
    const { page } = view;
    await page.getByRole('img', { name: /509 seats on .*, 490 on/ }).waitFor();
    await page
      .getByRole('region', { name: /day by day/ })
      .getByText('(doubted)')
      .waitFor();
    await page
      .getByText(/seats? fewer reach/)
      .first()
      .waitFor();
    await view.outer.waitForTimeout(500);
    await screenshot(view, `trend-${theme}`);
    expect(await findings(view)).toEqual([]);
  });

  test('one day alone draws no line and says when there will be one', async () => {
    const as = required(site.people.orgAdmins, 0);
    const { page } = await site.look({ as, told: told([]) });
    await page.getByText(/A line is drawn from the second day on/).waitFor();
    expect(await page.getByRole('img', { name: /seats on/ }).count()).toBe(0);
  });
});
