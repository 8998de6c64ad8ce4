import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CloudUser } from '../../demonstration/cloud.ts';
import { inBothThemes } from '../both-themes.ts';
import { required, type Site, type View } from '../site.ts';
import { openConnected, withStatus } from './connected.ts';

/**
 * The task of those who administer nothing and have a role by a group of Jira (RULES R10): one starts a run, another one decides on
 * it, both through the page that everybody may open.
 */
describe('an operator and an approver by group', () => {
  let site: Site;
  let operator: string;
  let approver: string;

  beforeAll(async () => {
    site = await openConnected();
    const [first, second] = await ofTwoDepartments();
    [operator, approver] = [first.accountId, second.accountId];
    const administrator = site.administrator();
    const roles = { operator: groupOf(first), approver: groupOf(second) };
    await administrator.command('settings', { command: 'setRoles', roles });
    await administrator.command('settings', { command: 'setLimits', percentPerDay: 50 });
    const policy = {
      version: 1,
      id: 'idle-contractors',
      name: 'Idle contractors',
      match: {
        all: [
          { status: ['active'] },
          { idle: { longerThan: '60d' } },
          { emailDomain: [required(site.people.contractorDomains, 0)] },
        ],
      },
      stages: [{ after: '0d', do: 'suspend' }],
      approval: 'page',
      limits: { users: 400, percent: 100 },
    };
    await administrator.command('saved', { command: 'savePolicy', document: JSON.stringify(policy) });
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  /** Two who administer nothing, each in a group that the other one is not in. */
  const ofTwoDepartments = async (): Promise<[CloudUser, CloudUser]> => {
    const users = await site.stage.cloud.users();
    const ordinary = users.filter(({ accountId }) => site.people.ordinary.includes(accountId));
    const [first] = ordinary;
    const second = ordinary.find((user) => user['department'] !== first?.['department']);
    if (!first || !second) throw new Error('the simulated organization lacks two people of different departments');
    return [first, second];
  };

  const groupOf = (user: CloudUser): { id: string; name: string } => {
    const name = String(user['department']);
    const id = site.people.groups[name];
    if (!id) throw new Error(`the simulated organization lacks the group ${name}`);
    return { id, name };
  };

  const look = (as: string, path: string): Promise<View> =>
    site.look({ as, path, module: 'seatkeeper-global', height: 1200 });

  const isDisabled = ({ page }: View, name: RegExp): Promise<boolean> =>
    page.getByRole('button', { name }).first().isDisabled();

  test('an operator starts a run, and changes no policy', async () => {
    const view = await look(operator, '/policies');
    const { page, close } = view;
    await page.getByRole('link', { name: 'Idle contractors' }).waitFor();
    expect(await page.getByText(/You can look at everything here and change nothing/).count()).toBe(0);
    expect(await isDisabled(view, /^Add policy.*only administrators of the organization/)).toBe(true);
    expect(await isDisabled(view, /^Delete Idle contractors.*only administrators of the organization/)).toBe(true);
    expect(await page.getByRole('switch').first().isDisabled()).toBe(true);
    expect(await isDisabled(view, /^Dry run/)).toBe(false);
    await inBothThemes(view, 'task-operator-policies');
    await page
      .getByRole('button', { name: /^Run now/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Run now' }).click();

    const approve = page.getByRole('button', { name: /^Release and approve/ });
    await approve.waitFor();
    expect(await approve.isDisabled()).toBe(true);
    expect(await approve.getAttribute('aria-label')).toContain('only approvers and administrators of the organization');
    expect(await isDisabled(view, /^Reject/)).toBe(false);
    await inBothThemes(view, 'task-operator-run');
    expect(view.outer.url()).toMatch(/\/runs\/.+/);
    await close();
  });

  test('an operator may stop everything, and change none of the settings', async () => {
    const view = await look(operator, '/settings/danger');
    await view.page.getByRole('button', { name: /^Stop everything/ }).waitFor();
    expect(await isDisabled(view, /^Stop everything/)).toBe(false);
    await view.page.getByRole('link', { name: 'Limits and protections' }).click();
    await view.page.getByRole('button', { name: /^Change cap/ }).waitFor();
    expect(await isDisabled(view, /^Change cap.*only administrators of the organization/)).toBe(true);
    await view.close();
  });

  test('an approver reads what the plan does, approves it, and it is done', async () => {
    const before = await withStatus(site, 'suspended');
    const view = await look(approver, '/');
    const { page, close } = view;
    await page.getByRole('link', { name: /See who/ }).click();
    await page.getByRole('button', { name: /^Release and approve/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/Whoever is suspended loses every product/).waitFor();
    await dialog.getByText(/^Undoing the run takes this back: suspend \d+ people\.$/).waitFor();
    expect(await dialog.getByText(/cannot be undone/).count()).toBe(0);
    await dialog.getByLabel('Reason').fill('asked their manager');
    await inBothThemes(view, 'task-approver-decides');
    await dialog.getByRole('button', { name: /approve/i }).click();
    await page.getByText('Done', { exact: true }).waitFor();
    const after = await withStatus(site, 'suspended');
    expect(after.size).toBeGreaterThan(before.size);
    await page
      .getByText(/asked their manager/)
      .first()
      .waitFor();
    await close();
  });
});
