import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reply, Run } from '../../static/admin/gen/types.ts';
import { awaitRun, follow } from '../demonstration/follow.ts';
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

  const look = (path: string, told?: (reply: Reply) => void): Promise<View> =>
    site.look({
      as: required(site.people.orgAdmins, 0),
      path,
      height: 1200,
      ...(told && {
        told: (_, reply) => {
          told(reply);
          return reply;
        },
      }),
    });

  test('are filtered by state and kind, and the filter is in the address', async () => {
    const view = await look('/runs');
    const { page, outer } = view;
    const rows = page.getByRole('table', { name: 'Runs, newest first' }).locator('tbody tr');
    await rows.first().waitFor();
    const all = await rows.count();
    expect(all).toBeGreaterThan(1);
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: 'Dry run done' }).click();
    await expect.poll(() => rows.count()).toBe(1);
    expect(decodeURIComponent(outer.url())).toMatch(/\/runs\/state\/previewed$/);
    await page.getByText(/1 of the \d+ newest runs/).waitFor();
    expect(await findings(view)).toEqual([]);
    await screenshot(view, 'runs-filtered');
    await page.getByRole('button', { name: 'Show all runs' }).click();
    await expect.poll(() => rows.count()).toBe(all);
    await outer.close();

    const linked = await look('/runs/state/done/kind/real');
    await linked.page.getByRole('link', { name: 'Idle contractors', exact: true }).waitFor();
    expect(await linked.page.getByText('(dry run)').count()).toBe(0);
    await linked.outer.close();
  });

  test('say of each person what they were before and are after', async () => {
    const view = await look(`/runs/${done}`);
    const row = view.page.getByRole('row').filter({ hasText: 'Verified' }).first();
    await row.getByText('Before and after').click();
    await row.getByText('active', { exact: true }).waitFor();
    await row.getByText('Acted on and read back').waitFor();
    await screenshot(view, 'run-before-after');
    await view.outer.close();
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
    await view.outer.close();
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
      counts.planned = 1_000 - asked * 100;
      counts.acted = asked * 100;
    });
    await view.page.getByText(/people a minute; about \d+ minutes? left/).waitFor();
    await screenshot(view, 'run-at-work');
    await view.outer.close();
  });

  test('that were started by hand say so, and why', async () => {
    const view = await look(`/runs/${tried}`, (reply) => {
      if ('answer' in reply && reply.answer.answer === 'run') reply.answer.byHand = 'left with the merger';
    });
    await view.page.getByText('By hand', { exact: true }).waitFor();
    await view.page.getByText('left with the merger').waitFor();
    await view.outer.close();
  });
});
