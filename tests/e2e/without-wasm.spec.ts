import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awaitRun } from '../demonstration/follow.ts';
import { prepare } from '../demonstration/scene.ts';
import { Site, required } from './site.ts';

/** The same page under a policy that blocks WebAssembly: the resolver answers for the core. */
describe('a page that may not compile WebAssembly', () => {
  let site: Site;

  beforeAll(async () => {
    site = await Site.open({ wasm: false });
    await prepare(site.stage.cloud, site.people, site.administrator(), 400);
  });

  afterAll(async () => {
    await site.close();
  });

  test('is blocked by the content security policy, and by that alone', async () => {
    const { page } = await site.look({ as: required(site.people.orgAdmins, 0) });
    await page.getByText('At a glance').waitFor();
    await expect.poll(() => site.frame.violations.length).toBeGreaterThan(0);
    expect(new Set(site.frame.violations.map(({ directive, blocked }) => `${directive} ${blocked}`))).toEqual(
      new Set(['script-src wasm-eval']),
    );
  });

  test('checks a policy through the resolver', async () => {
    const { page, commands } = await site.look({ as: required(site.people.orgAdmins, 0), path: '/policies/new' });
    await page.getByText('In plain words').waitFor();
    await page.getByRole('tab', { name: 'JSON' }).click();
    await page.getByLabel('Document (JSON)').fill('{"version": 1}');
    await page.getByText('$.id', { exact: true }).waitFor();
    expect(commands).toContain('checkPolicy');
  });

  test('says that an export cannot be uploaded here', async () => {
    const { page } = await site.look({ as: required(site.people.orgAdmins, 0), path: '/known' });
    await page.getByText('This page cannot upload an export').waitFor();
    expect(await page.getByLabel('Export (CSV)').count()).toBe(0);
  });

  test('lists users page by page from the app', async () => {
    await site.stage.cloud.fireTrigger('tick-schedule');
    await awaitRun(site.administrator());
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: '/people' });
    const { page, commands } = view;
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByRole('button', { name: 'Previous page' }).click();
    await page.getByLabel('Search by name').fill(required(site.people.ordinary, 0));
    await page.getByRole('button', { name: 'Search' }).click();
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    expect(commands).toContain('listPeople');
    expect(commands).not.toContain('snapshotParts');
  });

  test('verifies the chain through the resolver', async () => {
    const { page, commands } = await site.look({ as: required(site.people.orgAdmins, 0), path: '/log' });
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText('The chain holds').waitFor();
    expect(commands).toContain('verifyEntries');
  });
});
