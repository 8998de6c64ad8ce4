import type { Notices } from '../../forge-app/gen/types.ts';
import type { Administrator } from './administrator.ts';
import type { CloudUser, ControlledCloud } from './cloud.ts';
import { recompute } from './recompute.ts';
import { limits, type Scene } from './scene.ts';

const minuteMs = 60_000;

/** What the second policy says, as far as others compute with it. */
type Match = { all: [{ status: string[] }, { idle: { longerThan: string } }, { emailDomain: string[] }] };

const match: Match = {
  all: [{ status: ['active'] }, { idle: { longerThan: '240d' } }, { emailDomain: ['globex.example'] }],
};

/** Has Jira send the messages, each about an issue that somebody made, and stores the policy. Says when it first is due. */
export async function prepareWarnings(
  cloud: ControlledCloud,
  first: Administrator,
  users: number,
  graceDays: number,
): Promise<number> {
  const issue = await cloud.makeIssue('LIFE', 'Seats that nobody uses');
  const notices: Notices = {
    issue,
    contact: 'it@acme.example',
    everybodyBrowses: true,
    mostWarned: users,
    keepDays: 30,
    keepTimes: 2,
    giveBack: 'restore',
    reports: null,
    tellRestored: true,
  };
  await first.command('settings', { command: 'setNotices', notices });
  const occurrence = (Math.floor((await cloud.now()) / minuteMs) + 1) * minuteMs;
  const policy = {
    version: 1,
    id: 'idle-colleagues',
    name: 'Idle colleagues',
    description: 'Colleagues of one company whom nobody has seen in any product for 240 days',
    match,
    stages: [
      { after: '0d', do: 'warn' },
      { after: `${graceDays}d`, do: 'suspend' },
    ],
    limits: { users, percent: limits.percentOfPolicy },
    schedule: { every: { n: 1, unit: 'day' }, at: new Date(occurrence).toISOString().slice(11, 16) },
  };
  await first.command('saved', { command: 'savePolicy', document: JSON.stringify(policy) });
  return occurrence;
}

/** Whom the policy's first run must warn, computed apart from the core: mail reaches those who have Jira on one site. */
export function toWarn(
  before: CloudUser[],
  exemptions: Scene['exemptions'],
  protectedPeople: Record<string, string>,
  site: string,
  now: string,
): Set<string> {
  const { suspend: meant } = recompute(before, { match }, exemptions, protectedPeople, now);
  const reached = before.filter((user) => hasJira(user, site)).map(({ accountId }) => accountId);
  return meant.intersection(new Set(reached));
}

function hasJira({ productAccess }: CloudUser, site: string): boolean {
  const accesses = (productAccess ?? []) as { id: string; key: string }[];
  return accesses.some(({ id, key }) => key.startsWith('jira-') && id.endsWith(`site/${site}`));
}
