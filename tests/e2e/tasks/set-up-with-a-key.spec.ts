import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inBothThemes } from '../both-themes.ts';
import { Site, required, type View } from '../site.ts';
import { untilRead } from './connected.ts';

/** The first start: connecting the organization, with every kind of key that people paste. */
describe('the first start', () => {
  let site: Site;

  beforeAll(async () => {
    site = await Site.open({ users: 60 });
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  async function connect({ page }: View, organizationId: string, apiKey: string): Promise<void> {
    await page.getByLabel('Organization id').fill(organizationId);
    await page.getByLabel('API key').fill(apiKey);
    await page.getByRole('button', { name: 'Try and save' }).click();
  }

  async function key(kind: string): Promise<{ organizationId: string; apiKey: string }> {
    const answer = await fetch(`${site.stage.cloud.url}/control/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind, owner: required(site.people.orgAdmins, 0) }),
    });
    return (await answer.json()) as { organizationId: string; apiKey: string };
  }

  test.each(['expired', 'scoped'])('a key that is %s is refused with what to do', async (kind) => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0) });
    const { organizationId, apiKey } = await key(kind);
    await connect(view, organizationId, apiKey);
    const alert = view.page.getByRole('alert').filter({ hasText: 'The organization was not connected' });
    await alert.waitFor();
    expect((await alert.innerText()).split('\n').filter(Boolean).length).toBeGreaterThanOrEqual(3);
    await inBothThemes(view, `key-${kind}`);
  });

  test('a key that is none is refused, and an empty form asks for what is missing', async () => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0) });
    await view.page.getByRole('button', { name: 'Try and save' }).click();
    await view.page.getByText('Paste the API key.').waitFor();
    const { organizationId } = await key('without-scopes');
    await connect(view, organizationId, 'not-a-key');
    await view.page.getByRole('alert').getByText('The organization was not connected').waitFor();
    const overview = await site.administrator().command('overview', { command: 'overview' });
    expect(overview.connection).toBeNull();
  });

  test('a key without scopes connects, and the page shows the organization and never the key', async () => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0), height: 1000 });
    await view.page.getByText('Connect your organization').waitFor();
    await inBothThemes(view, 'set-up');
    const { organizationId, apiKey } = await key('without-scopes');
    await connect(view, organizationId, apiKey);
    await view.page.getByText('At a glance').waitFor();
    await view.page.getByRole('tab', { name: 'Settings' }).click();
    await view.page.getByText(organizationId).waitFor();
    expect(await view.page.locator('body').innerText()).not.toContain(apiKey);
    expect(await view.page.locator('html').innerHTML()).not.toContain(apiKey);
  });

  test('once the organization was read, the way leads to who is idle and to a first policy, which stays a dry run', async () => {
    await site.administrator().command('reading', { command: 'startSync' });
    await untilRead(site);
    const view = await site.look({ as: required(site.people.orgAdmins, 0), height: 1200 });
    const { page } = view;
    await page.getByRole('link', { name: 'idle people' }).waitFor();
    await inBothThemes(view, 'set-up-guide');
    await page.getByRole('link', { name: 'idle people' }).click();
    await page.getByText(/^[1-9]\d* of \d+ users/).waitFor();
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByRole('link', { name: 'Add a policy' }).click();
    await page.getByRole('button', { name: 'Save policy' }).click();
    await page.getByRole('button', { name: /^Dry run of/ }).waitFor();
    const { runs } = await site.administrator().command('runs', { command: 'runs', cursor: null });
    expect(runs).toEqual([]);
  });
});
