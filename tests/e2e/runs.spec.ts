import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reply, Run } from '../../static/admin/gen/types.ts';
import type { CloudUser } from '../demonstration/cloud.ts';
import { awaitRun, follow, peopleOf } from '../demonstration/follow.ts';
import { prepare } from '../demonstration/scene.ts';
import { findings } from './axe.ts';
import { Site, required, screenshot, type View } from './site.ts';

/** The list of runs, and one run: what it did, what it left undone and how it is taken back. */
describe('the runs', () => {
  let site: Site;
  let tried: string;
  let done: string;

  beforeAll(async () => {
    site = await Site.open();
    const [first, second] = [site.administrator(), site.administrator(1)];
    await prepare(site.stage.cloud, site.people, first, 400);
    await site.stage.cloud.fireTrigger('tick-schedule');
    done = (await awaitRun(first)).id;
    await follow(first, done, () => undefined);
    await second.command('run', { command: 'releaseRun', run: done, reason: 'read the plan' });
    await follow(first, done, () => undefined);
    await first.command('run', { command: 'startRun', policy: 'idle-contractors', dry: true });
    tried = (await awaitRun(first)).id;
    await follow(first, tried, () => undefined);
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const look = (path: string, told?: (reply: Reply) => void, theme: 'light' | 'dark' = 'light'): Promise<View> =>
    site.look({
      as: required(site.people.orgAdmins, 0),
      path,
      theme,
      height: 1200,
      ...(told && {
        told: (_, reply) => {
          told(reply);
          return reply;
        },
      }),
    });

  /** A run that Atlassian refused to do to two people. */
  const failedRun = async (): Promise<string> => {
    const [first, second] = [site.administrator(), site.administrator(1)];
    const policy = {
      version: 1,
      id: 'long-idle',
      name: 'Long idle',
      match: { all: [{ status: ['active'] }, { idle: { longerThan: '300d' } }] },
      stages: [{ after: '0d', do: 'suspend' }],
      limits: { users: 400, percent: 100 },
    };
    await first.command('saved', { command: 'savePolicy', document: JSON.stringify(policy) });
    const { id } = await first.command('run', { command: 'startRun', policy: policy.id, dry: false });
    await follow(first, id, () => undefined);
    await site.strike([{ operation: 'users.suspend', kind: 'forbidden', times: 2 }]);
    await second.command('run', { command: 'releaseRun', run: id, reason: 'read the plan' });
    await follow(first, id, () => undefined);
    await site.strike([]);
    return id;
  };

  test('are filtered by state and kind, and the filter is in the address', async () => {
    const view = await look('/runs');
    const { page, outer, close } = view;
    const rows = page.getByRole('table', { name: 'Runs, newest first' }).locator('tbody tr');
    // Atlassian's index of runs is a moment behind.
    await expect
      .poll(
        async () => {
          await page.getByRole('button', { name: 'Refresh' }).click();
          await rows.first().waitFor();
          return rows.count();
        },
        { timeout: 15_000 },
      )
      .toBeGreaterThan(1);
    const all = await rows.count();
    expect(await page.getByRole('button', { name: 'Load more' }).count()).toBe(0);
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: 'Dry run done' }).click();
    await expect.poll(() => rows.count()).toBe(1);
    expect(decodeURIComponent(outer.url())).toMatch(/\/runs\/state\/previewed$/);
    await page.getByText(/1 of the \d+ newest runs/).waitFor();
    expect(await findings(view)).toEqual([]);
    await screenshot(view, 'runs-filtered');
    await page.getByRole('button', { name: 'Show all runs' }).click();
    await expect.poll(() => rows.count()).toBe(all);
    await close();

    const linked = await look('/runs/state/done/kind/real');
    await linked.page.getByRole('link', { name: 'Idle contractors', exact: true }).waitFor();
    expect(await linked.page.getByText('(dry run)').count()).toBe(0);
    await linked.close();
  });

  test('say of each person what they were before and are after', async () => {
    const view = await look(`/runs/${done}`);
    const row = view.page.getByRole('row').filter({ hasText: 'Verified' }).first();
    await row.getByText('Before and after').click();
    await row.getByText('active', { exact: true }).waitFor();
    await row.getByText('Acted on and read back').waitFor();
    await screenshot(view, 'run-before-after');
    await view.close();
  });

  test('name who released them', async () => {
    const second = required(site.people.orgAdmins, 1);
    const name = await site.stage.cloud.nameOf(second);
    const view = await look(`/runs/${done}`);
    const who = view.page.getByText(name, { exact: true }).first();
    await who.waitFor();
    expect(await who.getAttribute('title')).toBe(second);
    expect(view.commands.filter((command) => command === 'namesOf')).toHaveLength(1);
    await screenshot(view, 'run-names');
    await view.close();
  });

  test('offer those who failed another run of the policy', async () => {
    const view = await look(`/runs/${done}`, (reply) => {
      if (!('answer' in reply)) return;
      if (reply.answer.answer === 'people') {
        for (const person of reply.answer.people) if (person.fate === 'verified') person.fate = 'failed';
      }
    });
    const { page } = view;
    await page.getByRole('button', { name: /^Try the \d+ failed again/ }).click();
    await page
      .getByRole('dialog')
      .getByText(/A new run of the policy makes a new plan/)
      .waitFor();
    await screenshot(view, 'retry-failed');
    await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Idle contractors' }).waitFor();
    await expect.poll(() => view.outer.url()).not.toContain(done);
    expect(view.commands).toContain('startRun');
    await view.close();
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`show people of one outcome, whose address leads there again (${theme})`, async () => {
      const view = await look(`/runs/${done}`, undefined, theme);
      const { page, outer, close } = view;
      const table = page.getByRole('table', { name: 'People of this run' });
      await table.waitFor();
      await page.getByRole('button', { name: /Exempt$/, pressed: false }).click();
      await expect.poll(() => outer.url()).toMatch(new RegExp(`/runs/${done}/outcome/exempt$`));
      await expect.poll(() => table.getByText('Verified').count()).toBe(0);
      const rows = await table.getAttribute('aria-rowcount');
      expect(await findings(view)).toEqual([]);
      await screenshot(view, `run-outcome-${theme}`);
      await close();

      const linked = await look(`/runs/${done}/outcome/exempt`, undefined, theme);
      await linked.page.getByRole('button', { name: /Exempt$/, pressed: true }).waitFor();
      await expect.poll(() => linked.page.getByRole('table').getAttribute('aria-rowcount')).toBe(rows);
      await linked.close();
    });
  }

  test('show thousands of people part by part, and paint those who are seen', async () => {
    const PARTS = 3;
    const EACH = 1_000;
    const [first] = await peopleOf(site.administrator(), done);
    if (!first) throw new Error('nobody is in the run');
    const { counts } = await site.administrator().command('run', { command: 'run', run: done });
    const view = await site.look({
      as: required(site.people.orgAdmins, 0),
      path: `/runs/${done}`,
      height: 1200,
      told: (command, reply) => {
        if ('answer' in reply && reply.answer.answer === 'run' && reply.answer.plan) reply.answer.plan.parts = PARTS;
        if (command.command !== 'runPeople') return reply;
        const from = command.part * EACH + 1;
        const people = Array.from({ length: EACH }, (_, at) => {
          const number = String(from + at).padStart(4, '0');
          return { ...first, account: `account-${number}`, name: `Person ${number}`, email: null };
        });
        return { answer: { answer: 'people', people, names: [], parts: PARTS, counts } };
      },
    });
    const { page, outer, close } = view;
    const table = page.getByRole('table', { name: 'People of this run' });
    await expect.poll(() => table.getAttribute('aria-rowcount'), SOON).toBe(String(PARTS * EACH + 1));
    expect(view.commands.filter((command) => command === 'runPeople')).toHaveLength(PARTS);
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    await page.getByRole('button', { name: 'Person', exact: true }).click();
    await page.getByRole('row').filter({ hasText: 'Person 0001' }).waitFor();
    await page.getByRole('region', { name: 'People of this run' }).focus();
    await outer.keyboard.press('End');
    await page.getByRole('row').filter({ hasText: 'Person 3000' }).waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    await page.getByLabel('Filter by name').fill('person 2345');
    await expect.poll(() => table.getAttribute('aria-rowcount')).toBe('2');
    await page.getByRole('row').filter({ hasText: 'Person 2345' }).waitFor();
    await close();
  });

  test('that left some undone are tried again, and whoever was refused is acted on at once', async () => {
    const failing = await failedRun();
    const people = await peopleOf(site.administrator(), failing);
    const left = people.filter(({ fate }) => fate === 'failed').map(({ account }) => account);
    expect(left).toHaveLength(2);
    const view = await look(`/runs/${failing}`);
    const { page, outer, close } = view;
    await page.getByText('Done with failures').waitFor();
    await page.getByRole('button', { name: /Failed$/ }).click();
    await page.getByRole('row').filter({ hasText: 'Failed' }).first().waitFor();
    await screenshot(view, 'run-with-failures');
    await page.getByRole('button', { name: 'Try the 2 failed again' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/clearly refused to change is tried again at once/).waitFor();
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => outer.url(), SOON).not.toContain(failing);
    await page.getByText('Done', { exact: true }).waitFor();
    await page.getByLabel('Filter by name').fill(left[0] ?? '');
    await page.getByRole('row').filter({ hasText: 'Verified' }).first().waitFor();
    await close();
  });

  test('are taken back for some people who were chosen, and for one of them once more', async () => {
    const { runs } = await site.administrator().command('runs', { command: 'runs', cursor: null });
    const run = runs.find(({ policy, state }) => policy.id === 'long-idle' && state === 'done-with-failures');
    if (!run) throw new Error('no run of the policy is there');
    const suspended = async () => (await site.stage.cloud.users()).filter(isSuspended).length;
    const before = await suspended();
    const view = await look(`/runs/${run.id}/outcome/verified`);
    const { page, close } = view;
    const choices = page.getByRole('checkbox', { name: /^Choose / });
    await choices.nth(0).check();
    await choices.nth(1).check();
    await page.getByRole('button', { name: 'Take back the 2 chosen' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/Take back what was done to 2 people/).waitFor();
    await dialog.getByText('restore 2 people').waitFor();
    await dialog.getByLabel('Reason').fill('two of them are back');
    await screenshot(view, 'take-back-chosen');
    await site.strike([{ operation: 'users.restore', kind: 'forbidden', times: 1 }]);
    await dialog.getByRole('button', { name: 'Take back' }).click();
    await page.getByText('what this run did to some people').waitFor();
    await page.getByText('Done with failures').waitFor();
    expect(await suspended()).toBe(before - 1);
    await site.strike([]);

    await page.getByRole('button', { name: 'Try the 1 failed again' }).click();
    await dialog.getByText(/Takes the same run back once more/).waitFor();
    await dialog.getByLabel('Reason').fill('Atlassian refused one of them');
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/Atlassian refused one of them/).waitFor();
    await page.getByText('Done', { exact: true }).waitFor();
    expect(await suspended()).toBe(before - 2);
    await close();
  });

  test('fit into a narrow page, in German', async () => {
    const view = await site.look({
      as: required(site.people.orgAdmins, 0),
      path: `/runs/${done}`,
      width: 900,
      height: 1200,
      locale: 'de_DE',
      theme: 'dark',
    });
    const table = view.page.getByRole('region', { name: 'Personen dieses Laufs' });
    await table.waitFor();
    await view.outer.waitForTimeout(500);
    await screenshot(view, 'run-narrow');
    for (const part of [view.page.locator('html'), table]) {
      expect(await part.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    }
    await view.close();
  });

  test('show how fast they go and how long it still takes', async () => {
    let asked = 0;
    const view = await look(`/runs/${done}`, (reply) => {
      if (!('answer' in reply) || reply.answer.answer !== 'run') return;
      asked += 1;
      const run: Run = reply.answer;
      const { plan, counts } = run;
      if (!plan) return;
      run.state = 'executing';
      plan.steps = 1_000;
      // It is never done, however slowly the page comes up.
      counts.acted = Math.min(asked * 10, 990);
      counts.planned = 1_000 - counts.acted;
    });
    await view.page.getByText(/people a minute; about \d+ minutes? left/).waitFor();
    await screenshot(view, 'run-at-work');
    await view.close();
  });

  test('that were started by hand say so, and why', async () => {
    const view = await look(`/runs/${tried}`, (reply) => {
      if ('answer' in reply && reply.answer.answer === 'run') reply.answer.byHand = 'left with the merger';
    });
    await view.page.getByText('By hand', { exact: true }).waitFor();
    await view.page.getByText('left with the merger').waitFor();
    await view.close();
  });
});

/** For what is loaded part by part, in milliseconds. */
const SOON = { timeout: 10_000 };

const isSuspended = (user: CloudUser): boolean => JSON.stringify(user).includes('"suspended"');
