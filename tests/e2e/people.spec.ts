import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command, Reply } from '../../forge-app/gen/types';
import type { CloudUser } from '../demonstration/cloud.ts';
import { awaitRun, follow } from '../demonstration/follow.ts';
import { prepare } from '../demonstration/scene.ts';
import { findings } from './axe.ts';
import { Site, required, screenshot, type View } from './site.ts';

/** What an administrator does with people: finding some, looking at one, acting on a few. */
describe('the users', () => {
  let site: Site;
  let users: CloudUser[];

  beforeAll(async () => {
    site = await Site.open();
    const administrator = site.administrator();
    await prepare(site.stage.cloud, site.people, administrator, 400);
    await site.stage.cloud.fireTrigger('tick-schedule');
    const run = await awaitRun(administrator);
    await follow(administrator, run.id, () => undefined);
    users = await site.stage.cloud.users();
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const look = async (path = '/people', rest = {}): Promise<View> => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path, height: 1200, ...rest });
    await view.page.getByRole('table').waitFor();
    return view;
  };

  const find = ({ page }: View, text: string) => page.getByLabel('Search by name').fill(text);

  /** Somebody whose name and address the cloud tells. */
  const somebody = (account: string): { account: string; email: string } => {
    const user = users.find(({ accountId }) => accountId === account);
    return { account, email: String(user?.['email']) };
  };

  /** Chooses people by a list of their accounts. */
  const chooseListed = async ({ page }: View, accounts: string[]): Promise<void> => {
    await page.getByRole('button', { name: 'Find a list' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail addresses or account ids').fill(accounts.join('\n'));
    await dialog.getByRole('button', { name: 'Find them' }).click();
    await dialog.getByRole('button', { name: 'Choose them' }).click();
    await page.getByText(`${accounts.length} chosen`).waitFor();
  };

  const doing = async ({ page }: View, deed: string): Promise<void> => {
    // The field itself is hidden behind what stands in it.
    await page.getByRole('dialog').getByText('Suspend', { exact: true }).click();
    await page.getByRole('option', { name: deed }).click();
  };

  const counted = ({ page }: View, choice: RegExp): Promise<string> =>
    page.locator('label').filter({ hasText: choice }).locator('.facet-count').innerText();

  /** A policy that has done its first stage and waits with the second. */
  const stagedPolicy = async (): Promise<void> => {
    const [first, second] = [site.administrator(), site.administrator(1)];
    const { policies } = await first.command('policies', { command: 'policies' });
    if (policies.some(({ reference }) => reference.id === 'in-stages')) return;
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
    if (run.state === 'held') {
      await second.command('run', { command: 'releaseRun', run: id, reason: 'read the plan' });
      await follow(first, id, () => undefined);
    }
  };

  test('are found by typing, and the address leads to them again', async () => {
    const view = await look();
    const { email, account } = somebody(required(site.people.idleContractors, 1));
    await find(view, email);
    await view.page.getByText(/^1 of \d+ users/).waitFor();
    await view.page.getByRole('row').filter({ hasText: email }).waitFor();
    await expect.poll(() => decodeURIComponent(view.outer.url())).toContain(`/people/text/${email}`);
    expect(view.commands).not.toContain('listPeople');

    const again = await look(`/people/text/${account}`);
    await again.page.getByRole('row').filter({ hasText: email }).waitFor();
    expect(await again.page.getByLabel('Search by name').inputValue()).toBe(account);
    await view.close();
    await again.close();
  });

  test('are filtered by a facet, whose term takes it back', async () => {
    const view = await look();
    const { page, close } = view;
    const all = await countOf(view);
    await page.getByRole('checkbox', { name: /^Suspended/ }).check();
    await page.getByText(/^\d+ of \d+ users/).waitFor();
    const suspended = await countOf(view);
    expect(suspended).toBeGreaterThan(0);
    expect(suspended).toBeLessThan(all);
    await screenshot(view, 'people-facet');
    await page.getByRole('button', { name: /^Suspended ×/ }).click();
    await expect.poll(() => countOf(view)).toBe(all);
    await close();
  });

  test('are filtered by any group, also by one that is not among the largest', async () => {
    const view = await look();
    const { page, outer, close } = view;
    await page.getByText('Group', { exact: true }).first().click();
    const group = page.getByRole('group', { name: 'Group', exact: true });
    await group.getByText(/^The 12 largest of \d+ are shown\.$/).waitFor();
    const offered = await group.getByRole('checkbox').count();
    expect(offered).toBe(12);
    const smallest = group.getByRole('checkbox', { name: /^contractors-keep/ });
    expect(await smallest.count()).toBe(0);
    await group.getByRole('searchbox', { name: 'Search: Group' }).fill('Contractors-KEEP');
    const people = Number(await counted(view, /^contractors-keep/));
    expect(people).toBeGreaterThan(0);
    await outer.waitForTimeout(300);
    expect(await findings(view)).toEqual([]);
    await screenshot(view, 'people-group-search');
    await smallest.check();
    await expect.poll(() => countOf(view)).toBe(people);
    await group.getByRole('searchbox', { name: 'Search: Group' }).fill('');
    expect(await smallest.isChecked()).toBe(true);
    await group.getByRole('searchbox', { name: 'Search: Group' }).fill('no such group');
    await group.getByText('None has this in its name.').waitFor();
    await close();
  });

  test('tell who shelters one of them, also right after they were exempted', async () => {
    const { account, email } = somebody(required(site.people.ordinary, 2));
    const view = await look(`/people/person/${account}`);
    const { page, outer, close } = view;
    const panel = page.getByRole('dialog').first();
    await panel.getByText('No exemption shelters them, and nothing protects them.').waitFor();
    await panel.getByRole('button', { name: /^Exempt / }).click();
    const asked = page.getByRole('dialog').last();
    await asked.getByLabel('Reason').fill('on parental leave');
    await asked.getByRole('button', { name: 'Exempt', exact: true }).click();
    await panel.getByText('On parental leave').waitFor();
    expect(await panel.getByText(/^No exemption shelters them/).count()).toBe(0);

    // Whom a pattern means is told as well, and by which.
    const glob = email.replace(/^.{3}/, '*');
    const terms = { owner: null, expires: null, policies: null };
    const subject = { kind: 'email' as const, glob };
    await site.administrator().command('exemptions', { command: 'addExemption', subject, reason: 'a robot', ...terms });
    const again = await look(`/people/person/${account}`);
    const other = again.page.getByRole('dialog');
    await other.getByText('A robot').waitFor();
    await other.getByText(`By the exemption of ${glob} (Addresses)`).waitFor();
    await outer.waitForTimeout(500);
    expect(await findings(again)).toEqual([]);
    await screenshot(again, 'people-panel-exempt');
    await again.close();
    await close();
  });

  test('tell what is known of one of them, and why a policy means them', async () => {
    const { email, account } = somebody(required(site.people.idleContractors, 2));
    const view = await look(`/people/text/${account}`);
    const { page, outer, close } = view;
    await page.getByRole('row').filter({ hasText: email }).getByRole('button').click();
    const panel = page.getByRole('dialog');
    await panel.getByText(account, { exact: true }).waitFor();
    await panel.getByText('Access and activity').waitFor();
    await panel.getByRole('link', { name: 'Idle contractors' }).first().waitFor();
    await panel
      .getByText(/^(Matched|Not matched|Not decided)$/)
      .first()
      .waitFor();
    await panel.getByRole('heading', { name: 'History' }).waitFor();
    await panel.getByText('Job title', { exact: true }).waitFor();
    // One directory says nothing.
    expect(await panel.getByText('Directory', { exact: true }).count()).toBe(0);
    await outer.waitForTimeout(500);
    await screenshot(view, 'people-panel');
    expect(await findings(view)).toEqual([]);
    await outer.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await close();
  });

  test('are told by the names of their directories where the organization has several', async () => {
    const other = { id: 'another-directory', name: 'Partners' };
    const told = (command: Command, reply: Reply): Reply | undefined => {
      if (command.command !== 'overview' || !('answer' in reply) || reply.answer.answer !== 'overview')
        return undefined;
      const { connection } = reply.answer;
      if (!connection) return undefined;
      const directories = [...connection.directories, other];
      return { answer: { ...reply.answer, connection: { ...connection, directories } } };
    };
    const account = required(site.people.idleContractors, 2);
    const { page, close } = await look(`/people/person/${account}`, { told });
    const panel = page.getByRole('dialog');
    await panel.getByText('Directory', { exact: true }).waitFor();
    await panel.getByText('Primary Directory', { exact: true }).waitFor();
    // The panel itself has the focus, and nothing of it can be pressed.
    expect(await panel.evaluate((box) => [box === document.activeElement, getComputedStyle(box).outlineStyle])).toEqual(
      [true, 'none'],
    );
    await close();
  });

  test('of a pasted list are found, and who is nobody is named', async () => {
    const view = await look();
    const { page, outer, close } = view;
    const listed = site.people.ordinary.slice(0, 2);
    await page.getByRole('button', { name: 'Find a list' }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByLabel('E-mail addresses or account ids')
      .fill(`Name, ${listed.join('\n')} nobody@nowhere.example`);
    await dialog.getByRole('button', { name: 'Find them' }).click();
    await dialog.getByText('nobody@nowhere.example').last().waitFor();
    await dialog.getByText(/1 was not found/).waitFor();
    await outer.waitForTimeout(300);
    expect(await findings(view)).toEqual([]);
    await screenshot(view, 'people-list');
    await dialog.getByRole('button', { name: 'Choose them' }).click();
    await page.getByText(/2 chosen/).waitFor();
    await close();
  });

  test('are acted on by hand in a dry run, whose page comes next', async () => {
    const before = await site.stage.cloud.users();
    const view = await look('/people/status/active');
    const { page, outer, close } = view;
    await page
      .getByRole('checkbox', { name: /^Choose / })
      .nth(0)
      .check();
    await page
      .getByRole('checkbox', { name: /^Choose / })
      .nth(1)
      .check();
    await page.getByText(/2 chosen/).waitFor();
    await page.getByRole('button', { name: 'Act on chosen' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('All of them, even if they are active').click();
    await dialog.getByLabel('Reason').fill('left the company');
    await outer.waitForTimeout(300);
    expect(await findings(view)).toEqual([]);
    await screenshot(view, 'people-act');
    await dialog.getByRole('button', { name: 'Start dry run' }).click();
    await page.getByText('Dry run done').waitFor();
    await expect.poll(() => outer.url()).toContain('/runs/');
    expect(view.commands).toContain('actOn');
    expect(await site.stage.cloud.users()).toEqual(before);
    await close();
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`are told by the stage of a policy that is done with them (${theme})`, async () => {
      await stagedPolicy();
      const view = await look('/people', { theme });
      const { page, outer, close } = view;
      const all = await countOf(view);
      await page.locator('summary').filter({ hasText: 'Stage' }).click();
      await page.getByRole('combobox', { name: 'Stages of the policy' }).click();
      await page.getByRole('option', { name: 'Suspended, then deactivated' }).click();
      await page.getByText(/^\d+ of \d+ users/).waitFor();
      const inStages = await countOf(view);
      expect(inStages).toBeGreaterThan(0);
      expect(inStages).toBeLessThan(all);
      const suspended = page.getByRole('radio', { name: /^Stage 1 done/ });
      await suspended.check();
      await expect.poll(() => decodeURIComponent(outer.url())).toContain('/people/stages/in-stages/stage/1');
      const afterFirst = Number(await counted(view, /^Stage 1 done/));
      expect(afterFirst).toBeGreaterThan(0);
      expect(afterFirst + Number(await counted(view, /^No stage done yet/))).toBe(inStages);
      await expect.poll(() => countOf(view)).toBe(afterFirst);
      await page.getByRole('button', { name: /^Suspended, then deactivated: stage 1 done ×/ }).waitFor();
      await outer.waitForTimeout(500);
      expect(await findings(view)).toEqual([]);
      await screenshot(view, `people-stage-${theme}`);
      await page.getByRole('radio', { name: /^Stage 2 done/ }).check();
      await page.getByText('No users match').waitFor();

      const linked = await look('/people/stages/in-stages/stage/1', { theme });
      await expect.poll(() => countOf(linked)).toBe(afterFirst);
      await linked.close();
      await close();
    });

    test(`are given other addresses by hand, under conditions that are told (${theme})`, async () => {
      const view = await look('/people/claim/managed/status/active', { theme });
      const { page, outer, close } = view;
      const [first, second] = site.people.ordinary.map(somebody);
      if (!first || !second) throw new Error('the simulated organization lacks ordinary people');
      await chooseListed(view, [first.account, second.account]);
      await page.getByRole('button', { name: 'Act on chosen' }).click();
      const dialog = page.getByRole('dialog');
      await doing(view, 'Set the e-mail address');
      await dialog.getByText(/must be of verified domains/).waitFor();
      const addresses = dialog.getByLabel('New e-mail addresses');
      await expect.poll(() => addresses.inputValue()).toContain(`${first.email},`);
      await addresses.fill(`${first.email}, ${first.email.replace('@', '.new@')}`);
      await dialog.getByLabel('Reason').fill('another name');
      await dialog.getByRole('button', { name: 'Start dry run' }).click();
      await dialog.getByText('1 user has no new address yet').waitFor();
      await dialog.getByLabel('The same name in the domain').fill('elsewhere.example');
      await dialog.getByRole('button', { name: 'Fill in' }).click();
      await expect.poll(() => addresses.inputValue()).toMatch(/@elsewhere\.example\n.*@elsewhere\.example$/);
      await outer.waitForTimeout(300);
      expect(await findings(view)).toEqual([]);
      await screenshot(view, `people-addresses-${theme}`);
      await dialog.getByRole('button', { name: 'Start dry run' }).click();
      await page.getByText('Dry run done').waitFor();
      await page
        .getByText(/no verified domain of the organization/)
        .first()
        .waitFor();
      await close();
    });
  }

  test('lose their API tokens by hand, which is said not to come back', async () => {
    const view = await look();
    const { page, outer, close } = view;
    await chooseListed(view, [required(site.people.ordinary, 0)]);
    await page.getByRole('button', { name: 'Act on chosen' }).click();
    const dialog = page.getByRole('dialog');
    await doing(view, 'Revoke all API tokens');
    await dialog.getByText(/nothing brings a token back/).waitFor();
    await dialog.getByText(/^Real run/).click();
    await dialog.getByText(/Somebody else must approve the plan/).waitFor();
    await outer.waitForTimeout(300);
    expect(await findings(view)).toEqual([]);
    await screenshot(view, 'people-tokens');
    await dialog.getByLabel('Reason').fill('a laptop was stolen');
    await dialog.getByRole('button', { name: 'Start run for approval' }).click();
    await page.getByRole('heading', { name: 'By hand: Revoke all API tokens', level: 2, exact: true }).waitFor();
    await page.getByRole('button', { name: /^Approve/ }).waitFor();
    await close();
  });

  test('fit into a narrow page, in German', async () => {
    const view = await look('/people', { width: 900, locale: 'de_DE', theme: 'dark' });
    await view.outer.waitForTimeout(500);
    await screenshot(view, 'people-narrow');
    const width = await view.page.locator('html').evaluate((page) => page.scrollWidth - page.clientWidth);
    expect(width).toBe(0);
    await view.close();
  });
});

/** How many are shown. */
async function countOf({ page }: View): Promise<number> {
  const text = await page.locator('.people-count').innerText();
  return Number(text.replaceAll(',', '').split(' ')[0]);
}
