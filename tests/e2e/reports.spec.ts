import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reports } from '../../static/admin/gen/types.ts';
import { awaitRun, follow } from '../demonstration/follow.ts';
import { inBothThemes } from './both-themes.ts';
import { openTicked } from './prepared-site.ts';
import { required, type Look, type Site } from './site.ts';

/** What goes to people by name: news, the report of a run, and how a message would look to somebody. */
describe('the reports', () => {
  let site: Site;
  let issue: string;
  /** A run that is held. */
  let held: string;

  beforeAll(async () => {
    site = await openTicked(400);
    issue = await site.stage.cloud.makeIssue('LIFE', 'Seats that nobody uses');
    const viewer = site.administrator();
    held = (await awaitRun(viewer)).id;
    expect((await follow(viewer, held, () => undefined)).state).toBe('held');
    await tell(null);
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const tell = (reports: Reports | null) =>
    site.administrator().command('settings', {
      command: 'setNotices',
      notices: {
        issue,
        contact: 'it@acme.example',
        everybodyBrowses: true,
        mostWarned: 400,
        keepDays: 30,
        keepTimes: null,
        giveBack: 'restore',
        reports,
        tellRestored: false,
      },
    });

  const open = (look: Partial<Look>) => site.look({ as: required(site.people.orgAdmins, 0), height: 1400, ...look });

  /** Somebody of the newest reading, as the page finds them. */
  const person = async (account: string) => {
    const { people } = await site
      .administrator()
      .command('peopleList', { command: 'listPeople', text: account, from: 0 });
    const name = people[0]?.name;
    if (!name) throw new Error('nobody has this account');
    return name;
  };

  test('go to people who are found by name, and shown by it', async () => {
    const account = required(site.people.jiraAdmins, 0);
    const name = await person(account);
    const view = await open({ path: '/settings/notices' });
    const { page, close } = view;
    await page.getByRole('button', { name: 'Change the reports' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('People', { exact: true }).fill(name);
    await page.getByRole('option', { name }).first().click();
    await inBothThemes(view, 'settings-reports-people');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('by mail: 1 person').waitFor();
    await page.getByText(name).first().waitFor();
    const { settings } = await site.administrator().command('overview', { command: 'overview' });
    expect(settings.notices?.reports?.people).toEqual([account]);
    await close();
    await tell(null);
  });

  test('of a run are sent once, to those who are chosen', async () => {
    const account = required(site.people.jiraAdmins, 0);
    const name = await person(account);
    const before = (await site.stage.cloud.inbox()).length;
    const view = await open({ path: `/runs/${held}` });
    const { page, commands, close } = view;
    await page.getByRole('button', { name: 'Send the report' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/You have not downloaded the evidence/).waitFor();
    await dialog.getByRole('button', { name: 'Send it now' }).click();
    await dialog.getByText('Choose a person or a group.').waitFor();
    expect(commands).not.toContain('sendReport');
    await dialog.getByLabel('People', { exact: true }).fill(name);
    await page.getByRole('option', { name }).first().click();
    await dialog.getByText('Choose a person or a group.').waitFor({ state: 'detached' });
    await dialog.getByLabel('A line from you (optional)').fill('for the audit of November');
    await inBothThemes(view, 'run-report');
    await dialog.getByRole('button', { name: 'Send it now' }).click();
    await dialog.waitFor({ state: 'detached' });
    const [mail, ...others] = (await site.stage.cloud.inbox()).slice(before);
    expect([mail?.accountId, others]).toEqual([account, []]);
    expect(mail?.subject).toContain('report of Idle contractors: held');
    expect(mail?.text).toContain('for the audit of November');
    await close();
  });

  test('of a run name the evidence that was downloaded before', async () => {
    const name = await person(required(site.people.jiraAdmins, 0));
    const { page, outer, close } = await open({ path: `/runs/${held}` });
    const download = outer.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the evidence' }).click();
    await download;
    await page.getByRole('button', { name: 'Send the report' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/The SHA-256 of the evidence that you downloaded is in it/).waitFor();
    await dialog.getByLabel('People', { exact: true }).fill(name);
    await page.getByRole('option', { name }).first().click();
    await dialog.getByRole('button', { name: 'Send it now' }).click();
    await dialog.waitFor({ state: 'detached' });
    const mail = (await site.stage.cloud.inbox()).at(-1);
    expect(mail?.text).toMatch(/The evidence bundle that the sender made of it has the SHA-256 [0-9a-f]{64}/);
    await close();
  });

  test('that Jira refuses leave the dialog open, with the reason', async () => {
    const name = await person(required(site.people.jiraAdmins, 0));
    await site.stage.cloud.setOutgoingMail(false);
    const { page, close } = await open({ path: `/runs/${held}` });
    await page.getByRole('button', { name: 'Send the report' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('People', { exact: true }).fill(name);
    await page.getByRole('option', { name }).first().click();
    await dialog.getByRole('button', { name: 'Send it now' }).click();
    await dialog.getByText(/The message to administrators was refused/).waitFor();
    await site.stage.cloud.setOutgoingMail(true);
    // Another press is another report.
    await dialog.getByRole('button', { name: 'Send it now' }).click();
    await dialog.waitFor({ state: 'detached' });
    await close();
  });

  test('show a policy’s message as somebody whom it means would get it', async () => {
    const viewer = site.administrator();
    const policy = {
      version: 1,
      id: 'warned-first',
      name: 'Warned first',
      match: { idle: { longerThan: '90d' } },
      stages: [
        { after: '0d', do: 'warn' },
        { after: '7d', do: 'suspend' },
      ],
    };
    await viewer.command('saved', { command: 'savePolicy', document: JSON.stringify(policy) });
    const view = await open({ path: '/policies/edit/warned-first' });
    const { page, close } = view;
    const message = page.getByRole('region', { name: 'The message, as somebody would get it' });
    await message.getByRole('button', { name: 'Show the message' }).click();
    const article = message.getByRole('article');
    await article.getByText(/^Your access is about to end/).waitFor();
    await article.getByText('https://link.example/keep-access').waitFor();
    await inBothThemes(view, 'policy-message');
    await message.getByLabel('Language', { exact: true }).click();
    await page.getByRole('option', { name: 'German', exact: true }).click();
    await article.getByText(/^Ihr Zugang endet bald/).waitFor();
    const inboxes = (await site.stage.cloud.inbox()).filter(({ subject }) => subject.includes('access'));
    expect(inboxes).toEqual([]);
    await close();
  });
});
