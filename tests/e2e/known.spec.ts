import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command, Coverage, LogIns, Overview, Reading, Reply, SnapshotSummary } from '../../forge-app/gen/types';
import { openPrepared } from './prepared-site.ts';
import { required, screenshot, type Look, type Site, type View } from './site.ts';

const logIns: LogIns = { listed: null, actions: [], seen: null, delaySeconds: null, failure: null };

const COVERAGE: Coverage = {
  directories: [
    { id: 'd1', name: 'Main', listed: 9_000, counted: 9_000 },
    { id: 'd2', name: 'Contractors', listed: 640, counted: 700 },
    { id: 'd3', name: 'Partners', listed: 3, counted: null },
  ],
  fields: [
    { field: 'status', known: 9_643, never: 0, unknown: 0 },
    { field: 'idle', known: 9_000, never: 303, unknown: 340 },
    { field: 'emailDomain', known: 9_601, never: 0, unknown: 42 },
  ],
  pagesFailed: 1,
  oldestReading: '2026-11-20T22:00:00Z',
  deciding: { part: 9_300, of: 9_640 },
  idle: { part: 1_200, of: 9_600 },
  waiting: 340,
  waitingUntil: '2026-11-22T04:30:00Z',
};

const SNAPSHOT: SnapshotSummary = {
  id: 'snapshot-1',
  source: 'organization',
  coverage: COVERAGE,
  suspicions: [],
  accepted: null,
  taken: '2026-11-21T06:00:00Z',
  users: 9_643,
  products: [
    figures('jira-software', { seats: 500, seatsSaid: 500, capacity: 600 }),
    figures('confluence', { seats: 410, seatsUnknown: 5, seatsSaid: 425, capacity: 500 }),
    figures('jira-service-desk', { seats: 20 }),
  ],
};

type Figures = SnapshotSummary['products'][number];

function figures(product: string, known: Partial<Figures>): Figures {
  const nobody = { people: 520, active: 300, idle: 100, never: 20, unknown: 100, seats: 0, seatsUnknown: 0 };
  return { product, site: 'acme.atlassian.net', ...nobody, seatsSaid: null, capacity: null, ...known };
}

const JUMP = { code: 'jump', text: '31.2 % of the active people are idle, and 12.5 % were the day before' } as const;
const FEWER = { code: 'users', text: '9,643 people were listed of 9,700 whom Atlassian counts' } as const;

/** What the page makes of a reading, whatever the app has read. */
describe('what is known', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openPrepared();
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const look = (overview: Partial<Overview>, more: Partial<Look> = {}): Promise<View> =>
    site.look({
      as: required(site.people.orgAdmins, 0),
      path: '/known',
      height: 1500,
      told: (_, reply) => withOverview(reply, overview),
      ...more,
    });

  const reading = (more: Partial<SnapshotSummary>, progress: Reading['progress'] = null): Reading => ({
    snapshot: { ...SNAPSHOT, ...more },
    progress,
  });

  test.each(['light', 'dark'] as const)('stands in the coverage statement (%s)', async (theme) => {
    const view = await look({ reading: reading({}) }, { theme });
    const { page } = view;
    await page.getByText('9,300 of 9,640 (96.4 %)', { exact: false }).waitFor();
    await page.getByText(/340 people must be asked one by one/).waitFor();
    const contractors = page.getByRole('row').filter({ hasText: 'Contractors' });
    await contractors.getByText('60 people missing').waitFor();
    const activity = page.getByRole('row').filter({ hasText: 'Last activity' });
    await activity.getByText('3.5 % (340)').waitFor();
    expect(await page.getByText('suspect').count()).toBe(0);
    await view.outer.waitForTimeout(500);
    await screenshot(view, `known-${theme}`);
  });

  test('a jump can be said to be right, with a reason; missing people cannot', async () => {
    const orders: Command[] = [];
    let accepted = false;
    const view = await look(
      {},
      {
        told: (command, reply) => {
          orders.push(command);
          const edit = { by: required(site.people.orgAdmins, 0), at: '2026-11-21T08:00:00Z', reason: 'plant holidays' };
          const now = reading({ suspicions: [JUMP], accepted: accepted ? edit : null });
          if (command.command === 'acceptSnapshot') {
            accepted = true;
            return { answer: { answer: 'reading', ...now } };
          }
          return withOverview(reply, { reading: now });
        },
      },
    );
    const { page } = view;
    await page.getByText('This reading is suspect').waitFor();
    await page.getByText(JUMP.text).waitFor();
    await page.getByRole('button', { name: /^This is right/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'It is right' }).click();
    await page.getByText(/Write a reason/).waitFor();
    await page.getByRole('dialog').getByLabel('How do you know?').fill('plant holidays');
    await view.outer.waitForTimeout(300);
    await screenshot(view, 'known-accept');
    await page.getByRole('dialog').getByRole('button', { name: 'It is right' }).click();
    await page.getByText(/plant holidays/).waitFor();
    expect(orders).toContainEqual({ command: 'acceptSnapshot', snapshot: 'snapshot-1', reason: 'plant holidays' });

    const other = await look({ reading: reading({ suspicions: [FEWER] }) });
    await other.page.getByText(FEWER.text).waitFor();
    expect(await other.page.getByRole('button', { name: /^This is right/ }).count()).toBe(0);
    await screenshot(other, 'known-suspect');
  });

  test('what a reading must hold can be changed', async () => {
    const orders: Command[] = [];
    const view = await look(
      {},
      {
        told: (command, reply) => {
          orders.push(command);
          return withOverview(reply, { reading: reading({}) });
        },
      },
    );
    const { page } = view;
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Limits and protections' }).click();
    await page.getByRole('button', { name: 'Change limits' }).click();
    await page.getByRole('dialog').getByLabel('People listed, in percent').fill('97');
    await screenshot(view, 'known-limits');
    await page.getByRole('dialog').getByRole('button', { name: 'Change limits' }).click();
    const limits = { usersPercent: 97, activityPercent: 95, jumpPoints: 10 };
    await expect.poll(() => orders).toContainEqual({ command: 'setCoverageLimits', limits });
  });

  test('a viewer reads the same and changes nothing', async () => {
    const view = await look({ role: 'viewer', reading: reading({ suspicions: [JUMP] }) });
    for (const name of [/^This is right/, /^Read now/, /^Upload the export/]) {
      expect(await view.page.getByRole('button', { name }).isDisabled()).toBe(true);
    }
  });

  test('a reading is begun, watched while it is under way, and not begun twice', async () => {
    const progress = {
      started: '2026-11-21T08:00:00Z',
      listed: 2_100,
      expected: 9_643,
      asked: 0,
      toAsk: 0,
      message: null,
    };
    let looks = 0;
    const view = await look(
      {},
      {
        told: (command, reply) => {
          if (command.command !== 'startSync') {
            looks += command.command === 'overview' ? 1 : 0;
            const now =
              looks === 1 ? null : looks === 2 ? progress : { ...progress, listed: 9_643, asked: 12, toAsk: 340 };
            return withOverview(reply, { reading: reading({}, now) });
          }
          return { answer: { answer: 'reading', ...reading({}, progress) } };
        },
      },
    );
    const { page } = view;
    await page.getByRole('button', { name: 'Read now' }).click();
    await page.getByText('2,100 of 9,643 people listed').waitFor();
    expect(await page.getByRole('button', { name: /^Read now/ }).isDisabled()).toBe(true);
    await screenshot(view, 'known-progress');
    await page.getByText(/12 of 340 asked one by one/).waitFor({ timeout: 15_000 });
  });

  test('changes that are not in the log lead from the warning to the list', async () => {
    const { connection } = await site.administrator().command('overview', { command: 'overview' });
    const directory = connection?.directories[0];
    if (!directory) throw new Error('the organization has no directory');
    const change = {
      account: '712020:0f0e',
      name: 'Ada Lovelace',
      directory: directory.id,
      act: 'restored',
      after: '2026-11-20T06:00:00Z',
      before: '2026-11-21T06:00:00Z',
    } as const;
    const warning = { code: 'unexplained-changes', text: 'others restored 1 person', hint: 'look at the list' };
    const view = await look(
      {},
      {
        path: '/',
        told: (command, reply) =>
          command.command === 'unexplainedChanges'
            ? { answer: { answer: 'unexplained', changes: [change] } }
            : withOverview(reply, { health: { lastTick: null, warnings: [warning], logIns } }),
      },
    );
    await view.page.getByRole('link', { name: 'See the changes' }).click();
    const row = view.page.getByRole('row').filter({ hasText: 'Ada Lovelace' });
    await row.getByText('Restored').waitFor();
    await row.getByText(directory.name).waitFor();
    await screenshot(view, 'changes');
  });

  test('the first page says what the key allows, when it ends, and where seats differ', async () => {
    const { connection } = await site.administrator().command('overview', { command: 'overview' });
    if (!connection) throw new Error('the organization is not connected');
    const expires = new Date(Date.now() + 5.5 * 86_400_000).toISOString();
    const overview: Partial<Overview> = {
      reading: reading({ suspicions: [JUMP] }),
      connection: {
        ...connection,
        expires,
        capabilities: [
          { ability: 'searchUsers', allowed: true, why: null },
          { ability: 'changeAccess', allowed: null, why: 'it cannot be tried without changing somebody' },
          { ability: 'manageAccounts', allowed: false, why: 'the organization has no verified domain' },
        ],
      },
      health: {
        lastTick: null,
        warnings: [
          { code: 'key-expires', text: 'the organization API key expires in 6 days', hint: 'make a new key' },
          { code: 'no-reading', text: 'the organization was not read for 31 hours', hint: 'read it now' },
        ],
        logIns,
      },
    };
    const view = await look(overview, { path: '/', height: 1700 });
    const { page } = view;
    await page.getByText('The organization was not read for 31 hours.').waitFor();
    await page
      .getByRole('region', { name: 'Waiting for you' })
      .getByText(/expires in 6 days/)
      .waitFor();
    await page.getByText('The newest reading is suspect').waitFor();
    const confluence = page
      .getByRole('table', { name: 'Paid seats' })
      .getByRole('row')
      .filter({ hasText: 'Confluence' });
    await confluence.getByText(/15 seats more/).waitFor();
    await view.outer.waitForTimeout(500);
    await screenshot(view, 'overview-warnings');

    const narrow = await look(overview, { path: '/', width: 900, height: 1900 });
    await narrow.page.getByText('The newest reading is suspect').waitFor();
    const overflow = await narrow.page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await screenshot(narrow, 'overview-narrow');

    await page.getByRole('link', { name: 'Look after it' }).click();
    await page.getByText('in 6 days', { exact: true }).waitFor();
    await page.getByText('The organization has no verified domain.').waitFor();
  });
});

function withOverview(reply: Reply, overview: Partial<Overview>): Reply | undefined {
  if (!('answer' in reply) || reply.answer.answer !== 'overview') return undefined;
  const coverage = { usersPercent: 99, activityPercent: 95, jumpPoints: 10 };
  const settings = { ...reply.answer.settings, coverage };
  return { answer: { ...reply.answer, settings, health: { lastTick: null, warnings: [], logIns }, ...overview } };
}
