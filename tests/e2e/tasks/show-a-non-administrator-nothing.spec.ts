import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command, Reply } from '../../../static/admin/gen/types.ts';
import { prepare } from '../../demonstration/scene.ts';
import { Site, required, screenshot } from '../site.ts';

/** RULES R10: what the page shows, and what the resolver answers, to those who may less. */
describe('people who are no administrators of the organization', () => {
  let site: Site;

  beforeAll(async () => {
    site = await Site.open();
    await prepare(site.stage.cloud, site.people, site.administrator(), 400);
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const MODULES = ['seatkeeper-admin', 'seatkeeper-global'];

  test.each(MODULES)('somebody without a role is shown nothing in %s', async (module) => {
    const view = await site.look({ as: required(site.people.ordinary, 0), module });
    await view.page.getByText('You do not have access to Seatkeeper').waitFor();
    await screenshot(view, `no-permission-${module}`);
    expect(await view.page.getByRole('tab').count()).toBe(0);
    expect(new Set(view.commands)).toEqual(new Set(['overview']));
  });

  const subject = { kind: 'user' as const, account: '712020:x' };
  const COMMANDS: Command[] = [
    { command: 'overview' },
    { command: 'connect', organizationId: 'x', apiKey: 'x', owner: null, expires: null },
    { command: 'policies' },
    { command: 'checkPolicy', document: '{}' },
    { command: 'savePolicy', document: '{}' },
    { command: 'startRun', policy: 'idle-contractors', dry: true },
    { command: 'runs', cursor: null },
    { command: 'run', run: 'x' },
    { command: 'runPeople', run: 'x', part: 0 },
    { command: 'releaseRun', run: 'x', reason: 'x' },
    { command: 'approveRun', run: 'x', reason: 'x', holdOut: [] },
    { command: 'rejectRun', run: 'x', reason: 'x' },
    { command: 'abortRun', run: 'x', reason: 'x' },
    { command: 'undoRun', run: 'x', steps: [], dry: false, reason: 'x' },
    { command: 'protected' },
    { command: 'exemptions' },
    { command: 'addExemption', subject, reason: 'x', owner: null, expires: null, policies: null },
    { command: 'removeExemption', subject },
    { command: 'findGroups', term: 'x' },
    { command: 'setLimits', percentPerDay: 100 },
    { command: 'setRoles', roles: { operator: null, approver: null } },
    { command: 'setApprovalIssues', issues: null },
    { command: 'setStopped', stopped: true },
    { command: 'setExperiments', experiments: { moving: true } },
    {
      command: 'setProtections',
      protect: { tokensUsedWithinDays: null, projectLeads: true, defaultAssignees: false, filterOwners: false },
    },
    { command: 'moves' },
    { command: 'log', filter: null, cursor: null },
    { command: 'logSlice', cursor: null },
    { command: 'verifyEntries', entries: [] },
    { command: 'anchors' },
    { command: 'planPart', run: 'x', part: 0 },
    { command: 'setRetention', days: 200 },
    { command: 'setAnchorIssue', issue: 'AUDIT-1' },
  ];

  test.each(COMMANDS)('somebody without a role is refused $command', async (command) => {
    const who = required(site.people.ordinary, 0);
    for (const module of MODULES) {
      const reply = await site.stage.cloud.invoke<Reply>(module, who, command);
      expect(reply).toMatchObject({ error: { code: 'not-allowed' } });
    }
  });

  test('refusals stand in the log', async () => {
    const filter = { action: 'refused' };
    const refused = async () => {
      const log = await site.administrator().command('log', { command: 'log', filter, cursor: null });
      return log.entries.map(({ entry }) => entry).join();
    };
    // Queries lag behind what was written.
    await expect.poll(refused, { timeout: 10_000 }).toContain(required(site.people.ordinary, 0));
  });

  test('an administrator of Jira alone can look, and every button that changes something says why it is disabled', async () => {
    const view = await site.look({ as: required(site.people.jiraAdmins, 0) });
    const { page } = view;
    await page.getByText(/You can look at everything here and change nothing/).waitFor();
    await screenshot(view, 'viewer');
    await page.getByRole('tab', { name: 'Settings' }).click();
    const stop = page.getByRole('button', { name: /Stop everything \(only administrators of the organization/ });
    expect(await stop.isDisabled()).toBe(true);
    await page.getByRole('tab', { name: 'Policies' }).click();
    for (const name of [/^Add policy/, /^Dry run of/, /^Run now/]) {
      expect(await page.getByRole('button', { name }).first().isDisabled()).toBe(true);
    }
    await page.getByRole('tab', { name: 'Exemptions' }).click();
    await page.getByRole('row').nth(1).waitFor();
    expect(
      await page
        .getByRole('button', { name: /^Remove/ })
        .first()
        .isDisabled(),
    ).toBe(true);
  });
});
