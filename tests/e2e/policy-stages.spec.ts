import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { follow } from '../demonstration/follow.ts';
import { inBothThemes } from './both-themes.ts';
import { openPrepared } from './prepared-site.ts';
import { required, type Site, type View } from './site.ts';

/** Whoever changes a policy takes everybody out of its stages, and is told so before. */
describe('a policy with people in its stages', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openPrepared(400);
    const [first, second] = [site.administrator(), site.administrator(1)];
    const policy = {
      version: 1,
      id: 'in-stages',
      name: 'Suspended, then deactivated',
      match: { idle: { longerThan: '60d' } },
      stages: [
        { after: '0d', do: 'suspend' },
        { after: '30d', do: 'deactivate' },
      ],
      limits: { users: 400, percent: 100 },
    };
    await first.command('saved', { command: 'savePolicy', document: JSON.stringify(policy) });
    const { id } = await first.command('run', { command: 'startRun', policy: policy.id, dry: false });
    const run = await follow(first, id, () => undefined);
    if (run.state !== 'held') return;
    await second.command('run', { command: 'releaseRun', run: id, reason: 'read the plan' });
    await follow(first, id, () => undefined);
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const open = (path: string): Promise<View> =>
    site.look({ as: required(site.people.orgAdmins, 0), path, height: 1400 });

  const revision = async (): Promise<number | undefined> => {
    const { policies } = await site.administrator().command('policies', { command: 'policies' });
    return policies.find(({ reference }) => reference.id === 'in-stages')?.reference.revision;
  };

  test('is switched off only after it was said who leaves them', async () => {
    const before = await revision();
    const view = await open('/policies');
    const { page, outer, close } = view;
    const toggle = page.getByRole('row').filter({ hasText: 'Suspended, then deactivated' }).getByRole('switch');
    await toggle.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/^\d+ people are in its stages and leave them\.$/).waitFor();
    await dialog.getByText(/begins anew with the first stage/).waitFor();
    await inBothThemes(view, 'policy-leaving');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await toggle.isChecked()).toBe(true);
    expect(await revision()).toBe(before);
    await toggle.click();
    await dialog.getByRole('button', { name: 'Switch off' }).click();
    await outer.getByText(/is switched off/).waitFor();
    await expect.poll(() => toggle.isChecked()).toBe(false);
    await close();
  });

  test('is saved in the editor only after it was said, too', async () => {
    const before = await revision();
    const view = await open('/policies/edit/in-stages');
    const { page, outer, close } = view;
    await page.getByLabel('Name', { exact: true }).fill('Suspended, deactivated later');
    await page.getByRole('button', { name: 'Save policy' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/people are in its stages and leave them/).waitFor();
    expect(await revision()).toBe(before);
    await dialog.getByRole('button', { name: 'Save policy' }).click();
    await outer.getByText('“Suspended, deactivated later” was saved').waitFor();
    expect(await revision()).toBe((before ?? 0) + 1);
    await close();
  });
});
