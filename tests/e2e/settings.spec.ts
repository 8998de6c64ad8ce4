import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NamedMove, Reply } from '../../forge-app/gen/types';
import { findings } from './axe.ts';
import { openPrepared } from './prepared-site.ts';
import { required, screenshot, type Site, type View } from './site.ts';

/** What an administrator sets for the whole organization. */
describe('the settings', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openPrepared();
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const settings = async () => (await site.administrator().command('overview', { command: 'overview' })).settings;

  test('the cap is changed, and whoever did it stands beside it', async () => {
    const { page } = await site.look({ as: required(site.people.orgAdmins, 0), path: '/settings/limits' });
    await page.getByRole('button', { name: 'Change cap' }).click();
    await page.getByLabel('Percent in any 24 hours').fill('7');
    await page.getByRole('dialog').getByRole('button', { name: 'Change cap' }).click();
    await page.getByText('7 % of the people an action can reach', { exact: false }).waitFor();
    expect((await settings()).percentPerDay).toBe(7);
  });

  test('protections are switched on in one dialog and said in words', async () => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: '/settings/limits', height: 1000 });
    const { page } = view;
    await page.getByRole('button', { name: 'Change protections' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Leads of projects').check();
    await dialog.getByLabel('API token used within so many days').fill('1.5');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Enter a whole number.').waitFor();
    await dialog.getByLabel('API token used within so many days').fill('30');
    await view.outer.waitForTimeout(300);
    await screenshot(view, 'settings-protections');
    expect(await findings(view)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('protected, if used within 30 days').waitFor();
    expect((await settings()).protect).toEqual({
      tokensUsedWithinDays: 30,
      projectLeads: true,
      defaultAssignees: false,
      filterOwners: false,
    });
  });

  test('everything is stopped after a question, and let go on by the same button', async () => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: '/settings/danger', height: 1000 });
    const { page } = view;
    await page.getByRole('button', { name: 'Stop everything' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/at work or wait/).waitFor();
    await screenshot(view, 'settings-stop');
    await dialog.getByRole('button', { name: 'Stop everything' }).click();
    await page.getByText('Everything is stopped').waitFor();
    expect((await settings()).stopped).toBe(true);
    await page.getByRole('button', { name: 'Let it go on' }).click();
    await dialog.getByRole('button', { name: 'Let it go on' }).click();
    await page.getByText('Everything is stopped').waitFor({ state: 'detached' });
    expect((await settings()).stopped).toBe(false);
  });

  test('moving people is an experiment that is switched on, and its moves are decided on one by one', async () => {
    const as = required(site.people.orgAdmins, 0);
    const view = await site.look({
      as,
      path: '/settings/experiments',
      height: 1200,
      told: (command, reply) => (command.command === 'moves' ? moves(required(site.people.ordinary, 0), as) : reply),
    });
    const { page } = view;
    await page.getByRole('button', { name: /^Switch on: moving/ }).click();
    await page
      .getByRole('dialog')
      .getByText(/a second person approves it/)
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Switch on' }).click();
    const move = page.getByRole('row').filter({ hasText: 'Ann Example' });
    await move.getByRole('button', { name: 'Approve the move of Ann Example' }).waitFor();
    await view.outer.waitForTimeout(500);
    await screenshot(view, 'settings-moves');
    expect(await findings(view)).toEqual([]);
    await move.getByRole('button', { name: 'Reject the move of Ann Example' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await page.getByText(/Write a reason/).waitFor();
    expect((await settings()).experiments.moving).toBe(true);
  });

  test('a move that awaits an approval is among what waits on the overview', async () => {
    const as = required(site.people.orgAdmins, 0);
    const ann = required(site.people.ordinary, 0);
    const experiments = { moving: true };
    await site.administrator().command('settings', { command: 'setExperiments', experiments });
    const view = await site.look({
      as,
      height: 1200,
      told: (command, reply) => (command.command === 'moves' ? moves(ann, as) : reply),
    });
    const { page, outer, close } = view;
    const waiting = page.getByRole('listitem').filter({ hasText: /between directories waits? for an approval/ });
    await waiting.waitFor();
    await outer.waitForTimeout(300);
    expect(await findings(view)).toEqual([]);
    await waiting.getByRole('link').click();
    await page.getByRole('button', { name: 'Approve the move of Ann Example' }).waitFor();
    expect(outer.url()).toContain('/settings/experiments');
    await close();
  });

  const PARTS = [
    { part: 'connection', buttons: [/^Replace key/] },
    { part: 'decisions', buttons: [/^Choose operators/, /^Approval issues/] },
    { part: 'notices', buttons: [/^Change how people are written to/, /^Change the reports/] },
    { part: 'prices', buttons: [] },
    { part: 'experiments', buttons: [/^Switch (on|off)/] },
    { part: 'fields', buttons: [/^Add field/, /^Import values/] },
    { part: 'lists', buttons: [/^Create list/] },
    { part: 'configuration', buttons: [/^Download the file/, /^Import a file/] },
    { part: 'limits', buttons: [/^Change cap/, /^Change protections/] },
    { part: 'log', buttons: [/^Change how it is kept/] },
    { part: 'danger', buttons: [/^Stop everything/] },
  ];

  test.each(PARTS)(
    'the part $part fits into 900 pixels, and a viewer changes nothing in it',
    async ({ part, buttons }) => {
      const as = required(site.people.jiraAdmins, 0);
      const view = await site.look({ as, path: `/settings/${part}`, width: 900 });
      const { page, close } = view;
      for (const name of buttons) {
        const button = page.getByRole('button', { name }).first();
        await button.waitFor();
        expect(await button.isDisabled()).toBe(true);
      }
      expect(await overflowOf(view)).toBeLessThanOrEqual(0);
      await screenshot(view, `settings-${part}-900`);
      await close();
    },
  );

  test('lead from part to part, by address and by keyboard', async () => {
    const { page, outer } = await site.look({ as: required(site.people.orgAdmins, 0), path: '/settings' });
    const places = page.getByRole('navigation', { name: 'Parts of the settings' });
    await places.getByRole('link', { name: 'Connection' }).focus();
    await outer.keyboard.press('Tab');
    await outer.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Who decides' }).waitFor();
    expect(await places.locator('[aria-current=page]').allInnerTexts()).toEqual(['Roles and approvals']);
    expect(outer.url()).toContain('/settings/decisions');
    await outer.goBack();
    await page.getByRole('button', { name: 'Replace key' }).waitFor();
  });

  test('without a connection there is nothing to set, and the way to the set-up', async () => {
    const { page } = await site.look({
      as: required(site.people.orgAdmins, 0),
      path: '/settings',
      told: (_, reply) => withoutConnection(reply),
    });
    await page.getByText('No organization is connected').waitFor();
    await page.getByRole('button', { name: 'Go to the set-up' }).click();
    await page.getByRole('heading', { name: 'The way to your first policy' }).waitFor();
  });
});

const overflowOf = ({ page }: View): Promise<number> =>
  page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);

function withoutConnection(reply: Reply): Reply | undefined {
  if (!('answer' in reply) || reply.answer.answer !== 'overview') return undefined;
  return { answer: { ...reply.answer, connection: null } };
}

/** One move that awaits an approval. */
function moves(account: string, by: string): Reply {
  const move: NamedMove = {
    name: 'Ann Example',
    id: 'move-1',
    account,
    from: 'directory-1',
    resource: 'ari:cloud:jira-software::site/00000000-0000-4000-8000-000000000001',
    role: 'atlassian/user',
    groups: [],
    reason: 'joins the other company',
    asked: { by, at: '2026-11-21T08:00:00Z' },
    state: 'awaiting-approval',
    since: '2026-11-21T08:00:00Z',
    approved: null,
    to: null,
    call: null,
    message: null,
  };
  return { answer: { answer: 'moves', moves: [move] } };
}
