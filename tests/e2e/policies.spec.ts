import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awaitRun, follow } from '../demonstration/follow.ts';
import { prepare } from '../demonstration/scene.ts';
import { Site, required, type View } from './site.ts';

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

  const open = (path: string, height = 1400): Promise<View> =>
    site.look({ as: required(site.people.orgAdmins, 0), path, height });

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
});
