import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BundleStage } from '../../../benches/bundle/stage.ts';
import type { GiveBack, Notices, Run } from '../../../forge-app/gen/types.ts';
import type { CloudUser } from '../../demonstration/cloud.ts';
import { follow } from '../../demonstration/follow.ts';
import { inBothThemes } from '../both-themes.ts';
import { required, Site } from '../site.ts';

const HOUR_MS = 3_600_000;
const GRACE_HOURS = 7 * 24;

/** Where the usual words of a warning name the link, in English. */
const BACK_LINK = /it comes back here: (\S+)/;

/** The task: get back, by the link of one's warning, what a policy took. On virtual time, since the grace is a week. */
describe('whoever lost the access', () => {
  let stage: BundleStage;
  let site: Site;
  /** What warnings are sent from. */
  let issue: string;
  /** Everybody as they were before anybody was warned. */
  let before: Map<string, Standing>;
  /** Who was warned in English and suspended since, with the link. */
  let lost: [account: string, link: string][];

  beforeAll(async () => {
    stage = await BundleStage.open(400, 7);
    site = await onStage(stage);
    const { cloud } = stage;
    const first = site.administrator();
    const { organizationId, apiKey } = await cloud.createKey(first.accountId);
    const owner = first.accountId;
    await first.command('connected', { command: 'connect', organizationId, apiKey, owner, expires: null });
    await first.command('settings', { command: 'setLimits', percentPerDay: 100 });
    issue = await cloud.makeIssue('LIFE', 'Seats that nobody uses');
    await give('restore');
    await first.command('saved', { command: 'savePolicy', document: JSON.stringify(policy()) });

    before = await standings();
    await run();
    await cloud.passUntil((await cloud.now()) + (GRACE_HOURS + 1) * HOUR_MS);
    await run();
    const now = await standings();
    lost = (await cloud.inbox()).flatMap(({ accountId, text }): typeof lost => {
      const link = BACK_LINK.exec(text ?? '')?.[1];
      return link && now.get(accountId)?.status === 'suspended' ? [[accountId, link]] : [];
    });
    expect(lost.length).toBeGreaterThan(1);
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const policy = () => ({
    version: 1,
    id: 'idle-contractors',
    name: 'Idle contractors',
    match: {
      all: [{ status: ['active'] }, { idle: { longerThan: '90d' } }, { emailDomain: site.people.contractorDomains }],
    },
    stages: [
      { after: '0d', do: 'warn' },
      { after: `${GRACE_HOURS / 24}d`, do: 'suspend' },
    ],
    limits: { users: 400, percent: 100 },
  });

  /** Says what the link does. */
  const give = async (giveBack: GiveBack): Promise<void> => {
    const notices: Notices = {
      issue,
      contact: null,
      everybodyBrowses: true,
      mostWarned: 400,
      keepDays: 90,
      keepTimes: null,
      giveBack,
      reports: null,
      tellRestored: true,
    };
    await site.administrator().command('settings', { command: 'setNotices', notices });
  };

  /** A run of the policy to its end, released where it is held. */
  const run = async (): Promise<Run> => {
    const [first, second] = [site.administrator(), site.administrator(1)];
    const { id } = await first.command('run', { command: 'startRun', policy: policy().id, dry: false });
    await stage.cloud.quiet();
    const planned = await follow(first, id, () => undefined);
    if (planned.state !== 'held') return planned;
    await second.command('run', { command: 'releaseRun', run: id, reason: 'read the plan' });
    await stage.cloud.quiet();
    return follow(first, id, () => undefined);
  };

  const standings = async (): Promise<Map<string, Standing>> =>
    new Map((await stage.cloud.users()).map((user) => [user.accountId, standingOf(user)]));

  const standing = async (account: string): Promise<Standing | undefined> => (await standings()).get(account);

  const person = (index: number): [account: string, link: string] => {
    const found = lost[index];
    if (!found) throw new Error('too few people were suspended');
    return found;
  };

  /** Opens a link, which changes nothing, and presses the button of its page. */
  const press = async (account: string, link: string, answer: string): Promise<void> => {
    const was = await standing(account);
    const tab = await site.tab();
    await tab.goto(link);
    await tab.getByRole('heading', { name: 'Get your access back' }).waitFor();
    await stage.cloud.quiet();
    expect(await standing(account)).toEqual(was);
    await tab.getByRole('button', { name: 'Give me back my access' }).click();
    await tab.getByRole('heading', { name: answer }).waitFor();
    await stage.cloud.quiet();
    await tab.close();
  };

  test('has it back as it was after the button of the link’s page was pressed, once', async () => {
    const [account, link] = person(0);
    await press(account, link, 'Your access is coming back');
    expect(await standing(account)).toEqual(before.get(account));

    await press(account, link, 'This link cannot be used');
    expect(await standing(account)).toEqual(before.get(account));
    const [other] = person(1);
    expect((await standing(other))?.status).toBe('suspended');
  });

  test('is told so by a mail, once', async () => {
    const [account] = person(0);
    const { cloud } = stage;
    await cloud.passUntil((await cloud.now()) + HOUR_MS);
    await cloud.fireTrigger('tick-schedule');
    await cloud.quiet();
    const mails = (await cloud.inbox()).filter(({ subject }) => subject === 'You have your access back');
    expect(mails.map(({ accountId }) => accountId)).toEqual([account]);
  });

  test('is named as the cause of the run, and in the log', async () => {
    const [account] = person(0);
    const name = await stage.cloud.nameOf(account);
    const view = await site.look({ as: required(site.people.orgAdmins, 1), path: '/runs', height: 1200 });
    const { page, close } = view;
    await page.getByText(`Asked for by the link sent to ${name}`).waitFor();
    await inBothThemes(view, 'come-back-runs');
    await close();
    const log = await site.look({ as: required(site.people.orgAdmins, 1), path: '/log', height: 1200 });
    await log.page.getByText('Ask back', { exact: true }).waitFor();
    await log.close();
  });

  test('has it back when a second person approved it, where the settings say so', async () => {
    const [account, link] = person(1);
    await give('ask');
    await press(account, link, 'Your request was passed on');
    expect((await standing(account))?.status).toBe('suspended');

    const view = await site.look({ as: required(site.people.orgAdmins, 1), height: 1200 });
    const { page, close } = view;
    await page.getByRole('link', { name: /See who/ }).click();
    await page.getByText(/^Asked for by the link sent to /).waitFor();
    await page.getByRole('button', { name: /^Approve/ }).click();
    const dialog = page.getByRole('dialog');
    await inBothThemes(view, 'come-back-approve');
    await dialog.getByLabel('Reason').fill('is back from leave');
    await dialog.getByRole('button', { name: /^Approve/ }).click();
    await page.getByText('Done', { exact: true }).waitFor();
    expect(await standing(account)).toEqual(before.get(account));
    await close();
  });
});

/** How somebody stands in the organization, whatever the app says of it. */
interface Standing {
  status: unknown;
  groups: string[];
  products: string[];
}

function standingOf(user: CloudUser): Standing {
  const ids = (list: unknown) =>
    (Array.isArray(list) ? list.map((one: { id?: unknown }) => String(one.id)) : []).sort();
  return { status: user['membershipStatus'], groups: ids(user['groups']), products: ids(user['productAccess']) };
}

/** Frame and browser over a stage, which is taken down if they do not come up. */
async function onStage(stage: BundleStage): Promise<Site> {
  try {
    await stage.freshRuntime();
    return await Site.on(stage);
  } catch (error) {
    stage.stop();
    throw error;
  }
}
