import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awaitRun, follow } from '../demonstration/follow.ts';
import { prepare } from '../demonstration/scene.ts';
import { findings } from './axe.ts';
import { Site, required, screenshot, type View } from './site.ts';

/** What an administrator does with policies, without writing JSON, and what becomes of JSON that somebody wrote. */
describe('policies', () => {
  let site: Site;

  beforeAll(async () => {
    site = await Site.open();
    const administrator = site.administrator();
    await prepare(site.stage.cloud, site.people, administrator, 400);
    await site.stage.cloud.fireTrigger('tick-schedule');
    await follow(administrator, (await awaitRun(administrator)).id, () => undefined);
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const open = (path: string, height = 1400, theme: 'light' | 'dark' = 'light'): Promise<View> =>
    site.look({ as: required(site.people.orgAdmins, 0), path, height, theme });

  /** Stores a policy that means hardly anybody, switched off where nothing else is said. */
  const savePolicy = (fields: object): Promise<unknown> => {
    const match = { idle: { longerThan: '900d' } };
    const document = { version: 1, enabled: false, match, stages: [{ after: '0d', do: 'suspend' }], ...fields };
    return site.administrator().command('saved', { command: 'savePolicy', document: JSON.stringify(document) });
  };

  const choose = async ({ page }: View, label: string, option: string): Promise<void> => {
    await page.getByLabel(label, { exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  const documentIn = async ({ page }: View): Promise<unknown> => {
    await page.getByRole('tab', { name: 'JSON' }).click();
    return JSON.parse(await page.getByLabel('Document (JSON)').inputValue()) as unknown;
  };

  test('a mistake stands at its field, at its step and in the list', async () => {
    const { page } = await open('/policies/new');
    await page.getByLabel('Id', { exact: true }).fill('Not An Id');
    await page.getByLabel('Longer than', { exact: true }).fill('');
    await page.getByRole('tab', { name: '1. Who (2 mistakes)' }).waitFor();
    await page.getByText('$.match.all[1].idle.longerThan', { exact: true }).waitFor();
    const idleField = page.locator('.form-field').filter({ has: page.getByLabel('Longer than', { exact: true }) });
    expect(await idleField.locator('.form-field-mistake').count()).toBe(1);
    expect(await page.getByRole('button', { name: /^Save policy/ }).isDisabled()).toBe(true);
  });

  test('a warning gets its reminders with one button, and words of its own for a language', async () => {
    const view = await open('/policies/new');
    const { page, close } = view;
    await page.getByRole('tab', { name: 'JSON' }).click();
    const template = 'Soon\nHello {name}, {step}.';
    const document = {
      version: 1,
      id: 'told-first',
      name: 'Told first',
      match: { all: [{ idle: { longerThan: '90d' } }] },
      stages: [
        { after: '0d', do: 'warn' },
        { after: '30d', do: 'suspend' },
      ],
    };
    await page.getByLabel('Document (JSON)').fill(JSON.stringify(document));
    await page.getByRole('tab', { name: /^2\. What/ }).click();
    const add = page.getByRole('button', { name: /^Add reminders: 14, 7,? and 1 days before$/ });
    await add.click();
    await add.waitFor({ state: 'detached' });
    const first = page.getByRole('group', { name: 'Stage 1', exact: true });
    await first.getByLabel('Message', { exact: true }).fill(template);
    await first.getByLabel('Words for another language').click();
    await page.getByRole('option', { name: 'German', exact: true }).click();
    await first.getByLabel('Message: German').fill('Bald\n{step}');
    await screenshot(view, 'policy-message-languages');
    expect(await findings(view)).toEqual([]);
    const stages = ['0d', '16d', '23d', '29d'].map((after) => ({ after, do: 'warn' }));
    expect(await documentIn(view)).toEqual({
      ...document,
      stages: [
        { ...stages[0], template: { default: template, de: 'Bald\n{step}' } },
        ...stages.slice(1),
        { after: '30d', do: 'suspend' },
      ],
    });
    await page.getByRole('tab', { name: /^2\. What/ }).click();
    await first.getByRole('button', { name: 'Remove German' }).click();
    expect(await first.getByLabel('Message', { exact: true }).inputValue()).toBe(template);
    await close();
  });

  test('what is written as JSON comes back into the form, and what the form does not know stays', async () => {
    const view = await open('/policies/new');
    const { page } = view;
    await page.getByRole('tab', { name: 'JSON' }).click();
    const written = {
      version: 1,
      id: 'by-hand-written',
      name: 'Written',
      match: { all: [{ idle: { longerThan: '33d' } }, { moonPhase: 'full' }] },
      stages: [{ after: '0d', do: 'suspend' }],
      invented: { a: [1, 2] },
    };
    await page.getByLabel('Document (JSON)').fill(JSON.stringify(written));
    await page.getByRole('tab', { name: /^1\. Who/ }).click();
    expect(await page.getByLabel('Longer than', { exact: true }).inputValue()).toBe('33');
    await page.getByLabel('As JSON').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Renamed');
    await page.getByRole('tab', { name: /^4\. Limits/ }).click();
    await page.getByLabel('Field “invented” (JSON)').waitFor();
    expect(await documentIn(view)).toEqual({ ...written, name: 'Renamed' });

    await page.getByLabel('Document (JSON)').fill('{"version": 1,');
    await page.getByRole('tab', { name: /^1\. Who/ }).click();
    await page.getByText('The document is no JSON object').waitFor();
  });

  test('seats are kept and active people of a list meant where the policy says so', async () => {
    const view = await open('/policies/new');
    const { page, close } = view;
    const pool = page.getByLabel('Only as many as a pool of seats asks for');
    const active = page.getByLabel('Act on people of a list who are active, too');
    expect([await pool.isChecked(), await active.isChecked()]).toEqual([false, false]);
    await choose(view, 'Start from', 'At most 100 seats of Jira');
    expect(await pool.isChecked()).toBe(true);
    await page.getByLabel('Seats to keep').fill('80');
    expect(await documentIn(view)).toMatchObject({ keep: { product: 'jira-software', seats: 80 } });
    const first = page.getByRole('tab', { name: /^1\. Who/ });
    await first.click();
    await screenshot(view, 'policy-seat-pool');
    await pool.click();
    expect(await documentIn(view)).not.toHaveProperty('keep');
    await choose(view, 'Start from', 'Leavers of the list');
    await first.click();
    expect(await active.isChecked()).toBe(true);
    await close();
  });

  test('what no run honours yet is not offered, and what a document says is shown', async () => {
    const view = await open('/policies/new');
    const { page, outer, close } = view;
    await page.getByLabel('Start from', { exact: true }).click();
    await outer.waitForTimeout(300);
    await screenshot(view, 'policy-presets');
    await outer.keyboard.press('Escape');
    const active = page.getByLabel('Act on people of a list who are active, too');
    const report = page.getByLabel('Tell somebody about its runs');
    await page.getByRole('tab', { name: /What and when/ }).click();
    await page.getByLabel('What is done', { exact: true }).click();
    await page.getByRole('option', { name: /^Warn/ }).waitFor();
    expect(await page.getByRole('option', { name: 'Ask for a review' }).count()).toBe(0);
    await outer.keyboard.press('Escape');
    await page.getByRole('tab', { name: /^4\. Limits/ }).click();
    await page.getByLabel('At most so many people').waitFor();
    // Runs honour this one.
    expect(await report.isChecked()).toBe(false);

    const document = (await documentIn(view)) as object;
    const said = { ...document, evenIfActive: true, report: { to: ['desk'], when: 'always' } };
    await page.getByLabel('Document (JSON)').fill(JSON.stringify(said));
    await page.getByRole('tab', { name: /^1\. Who/ }).click();
    // It goes away with what it says.
    await active.click();
    await page.getByRole('tab', { name: /^4\. Limits/ }).click();
    await report.click();
    expect(await documentIn(view)).toEqual(document);
    await close();
  });

  test('a preset and a duplicate are switched off until somebody switches them on', async () => {
    const view = await open('/policies/new');
    await choose(view, 'Start from', 'Warn, remind, deactivate, delete');
    expect(await documentIn(view)).toMatchObject({ id: 'staged', enabled: false });

    const { page, outer } = await open('/policies');
    await page
      .getByRole('button', { name: /^Duplicate/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'New policy' }).waitFor();
    await page.getByRole('button', { name: 'Save policy' }).click();
    const copy = page.getByRole('row').filter({ hasText: '(copy)' });
    const toggle = copy.getByRole('switch');
    expect(await toggle.isChecked()).toBe(false);
    await toggle.click();
    await outer.getByText(/is switched on/).waitFor();
    await expect.poll(() => toggle.isChecked()).toBe(true);
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`stand in an order that decides, with their last result and their next run (${theme})`, async () => {
      await savePolicy({
        id: 'weekly',
        name: 'Every week',
        enabled: true,
        schedule: { every: { n: 1, unit: 'week' }, on: 'mon' },
      });
      const view = await open('/policies', 1000, theme);
      const { page, outer, close } = view;
      const names = page.locator('.policy-name a');
      await page.getByRole('link', { name: 'Every week' }).waitFor();
      const before = await names.allInnerTexts();
      expect(before.at(0)).toBe('Idle contractors');
      expect(before.at(-1)).toBe('Every week');
      const contractors = page.getByRole('row').filter({ hasText: 'Idle contractors' }).first();
      await contractors.getByText('Held', { exact: true }).first().waitFor();
      await contractors.getByText(/\d+ people matched/).waitFor();
      const weekly = page.getByRole('row').filter({ hasText: 'Every week' }).first();
      await weekly.getByText('never ran').waitFor();
      expect(await weekly.locator('time').count()).toBe(1);
      await outer.waitForTimeout(300);
      expect(await findings(view)).toEqual([]);
      await screenshot(view, `policies-list-${theme}`);
      await page.getByRole('button', { name: 'Up: Every week' }).click();
      await expect
        .poll(() => names.allInnerTexts(), SOON)
        .toEqual([...before.slice(0, -2), 'Every week', before.at(-2)]);
      await page.getByRole('button', { name: 'Down: Every week' }).click();
      await expect.poll(() => names.allInnerTexts(), SOON).toEqual(before);
      await close();
    });
  }

  test('fit into a narrow page, in German', async () => {
    const as = required(site.people.orgAdmins, 0);
    const view = await site.look({ as, path: '/policies', width: 900, height: 1000, locale: 'de_DE', theme: 'dark' });
    await view.page.getByRole('table').waitFor();
    await view.outer.waitForTimeout(500);
    await screenshot(view, 'policies-narrow');
    const width = await view.page.locator('html').evaluate((page) => page.scrollWidth - page.clientWidth);
    expect(width).toBe(0);
    await view.close();
  });

  test('is compared with a version of before, line by line', async () => {
    await savePolicy({ id: 'versioned', name: 'Before' });
    await savePolicy({ id: 'versioned', name: 'After' });
    const view = await open('/policies/edit/versioned', 1800);
    const { page, close } = view;
    await page.getByRole('button', { name: 'Compare with revision 1' }).click();
    const lines = page.getByRole('region', { name: 'From revision 1 to the policy as it is' });
    await lines.getByText('−   "name": "Before",').waitFor();
    await lines.getByText('+   "name": "After",').waitFor();
    expect(await findings(view)).toEqual([]);
    await screenshot(view, 'policy-difference');
    await page.getByRole('button', { name: 'Compare with revision 2' }).click();
    await page.getByText('It says the same as the policy as it is.').waitFor();
    await close();
  });

  test('goes into a file and comes from one, and tells its next runs in the zone that was chosen', async () => {
    await savePolicy({
      id: 'to-file',
      name: 'To a file',
      schedule: { every: { n: 1, unit: 'day' }, at: '06:00', zone: 'Asia/Tokyo' },
    });
    const view = await open('/policies/edit/to-file');
    const { page, outer, close } = view;
    const next = page.getByRole('region', { name: 'Next five runs' });
    await expect.poll(() => next.getByRole('listitem').count(), SOON).toBe(5);
    await next.getByText(/Asia\/Tokyo/).waitFor();
    for (const time of await next.locator('time').all()) {
      expect(await time.innerText()).toMatch(/6:00/);
      expect(await time.getAttribute('datetime')).toContain('T21:00:00');
    }
    const downloading = outer.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as a file' }).click();
    const file = await (await downloading).path();
    const document = JSON.parse(readFileSync(file, 'utf8')) as { name: string };
    expect(document.name).toBe('To a file');
    await page.getByLabel('Policy document (JSON file)').setInputFiles({
      name: 'other.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ ...document, name: 'From a file' })),
    });
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('From a file');
    await page.getByRole('button', { name: 'Save policy' }).click();
    await page.getByRole('link', { name: 'From a file' }).waitFor();
    await close();
  });

  test('shows an instant as clocks show it, and its actions in full', async () => {
    const stages = [{ after: '30d', do: 'removeFromOrganization' }];
    await savePolicy({
      id: 'once',
      name: 'Once',
      stages,
      approval: 'page',
      schedule: { once: '2027-12-01T06:00:00Z' },
    });
    const view = await open('/policies/edit/once');
    const { page, outer, close } = view;
    await page.getByRole('tab', { name: /What and when/ }).click();
    const tags = page.getByText('Remove from the organization (cannot be undone)', { exact: true });
    await tags.first().waitFor();
    const isCut = await tags.first().evaluate((tag) => tag.scrollWidth > tag.clientWidth);
    expect(isCut).toBe(false);
    await outer.waitForTimeout(300);
    await screenshot(view, 'policy-actions');
    await page.getByRole('tab', { name: /Schedule/ }).click();
    const at = page.getByLabel('At', { exact: true });
    expect(await at.inputValue()).toBe('2027-12-01T06:00');
    await at.fill('2027-12-02T18:30');
    const words = page.getByRole('complementary').getByText(/^Once, at|Once, at/);
    await words.getByText(/18:30/).waitFor();
    expect(await words.innerText()).not.toContain('2027-12-02T18:30:00Z');
    await screenshot(view, 'policy-once');
    expect(await findings(view)).toEqual([]);
    expect(await documentIn(view)).toMatchObject({ schedule: { once: '2027-12-02T18:30:00Z' } });
    await close();
  });

  test('is deleted after it was said what ends with it and what stays', async () => {
    await savePolicy({ id: 'dropped', name: 'Not needed' });
    const view = await open('/policies');
    const { page, outer, close } = view;
    await page.getByRole('button', { name: 'Delete Not needed' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nobody is in its stages.').waitFor();
    await dialog.getByText(/its runs can still be taken back/).waitFor();
    await outer.waitForTimeout(300);
    expect(await findings(view)).toEqual([]);
    await screenshot(view, 'policy-delete');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText('Write a reason: the log keeps it').waitFor();
    await dialog.getByLabel('Reason').fill('another policy does it');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await outer.getByText('“Not needed” was deleted').waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'Not needed' }).count()).toBe(0);

    // A policy whose run is under way stays, and it is said what to do first.
    await page.getByRole('button', { name: 'Delete Idle contractors', exact: true }).click();
    await dialog.getByLabel('Reason').fill('not needed either');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText(/reject or abort it first/).waitFor();
    await close();
  });

  test('a new one takes the place of none that is there, and of two who edit one the later is told', async () => {
    await savePolicy({ id: 'idle-90', name: 'Idle' });
    const beginning = await open('/policies/new');
    expect(await documentIn(beginning)).toMatchObject({ id: 'idle-90-2' });
    await beginning.close();

    const view = await open('/policies/edit/idle-90');
    const { page, close } = view;
    await page.getByLabel('Name', { exact: true }).fill('Idle, mine');
    await savePolicy({ id: 'idle-90', name: 'Idle, theirs' });
    await page.getByRole('button', { name: 'Save policy' }).click();
    await page.getByRole('alert').getByText('idle-90 was saved in another place since you opened it').waitFor();
    expect(await findings(view)).toEqual([]);
    await screenshot(view, 'policy-saved-meanwhile');
    // Under an id that is taken by another one, either.
    await page.getByLabel('Id', { exact: true }).fill('idle-contractors');
    await page.getByRole('button', { name: 'Save policy' }).click();
    await page.getByRole('alert').getByText('There is a policy with the id idle-contractors already').waitFor();
    await close();
    const left = await open('/policies');
    await left.page.getByRole('link', { name: 'Idle, theirs' }).waitFor();
    await left.page.getByRole('link', { name: 'Idle contractors', exact: true }).waitFor();
    await left.close();
  });
});

/** For what comes after a reading, in milliseconds. */
const SOON = { timeout: 15_000 };
