/** What the app knows of the organization, as a text that is the same only if that is the same. */
import type { Administrator } from '../../tests/demonstration/administrator.ts';
import type { VirtualCloud } from '../bundle/stage.ts';

/**
 * Every condition that looks at a part of a person. The plan of the first lists everybody with their status and their
 * latest activity to the second; the others tell people apart by everything else.
 */
const conditions: readonly object[] = [
  { status: ['active', 'suspended', 'not_invited', 'deactivated', 'for_deletion'] },
  { idle: { longerThan: '30d', products: ['jira-software'] } },
  { idle: { longerThan: '30d', products: ['confluence'] } },
  { neverActive: { addedMoreThan: '14d' } },
  { added: { moreThan: '1y' } },
  { any: [{ mfa: false }, { account: 'external' }] },
  { managedBy: 'idp' },
  { role: ['*admin*'] },
  { group: ['*a*'] },
  { email: ['*.1*', '*2*'] },
  { profile: { field: 'department', is: ['S*', 'M*'] } },
];

const apartMs = 60_000;

/** Times of reading differ between two readings of the same day; what they found must not. */
const readingTimes = new Set(['id', 'taken', 'oldestReading', 'waitingUntil', 'accepted']);

/**
 * Compares by dry runs: their plans name everybody for whom a policy is true or not decided, and why. Reasons count days,
 * so each dry run has its time.
 */
export async function fingerprint(cloud: VirtualCloud, administrator: Administrator, from: number): Promise<string> {
  const plans: unknown[] = [];
  for (const [number, match] of conditions.entries()) {
    await cloud.passUntil(from + number * apartMs);
    plans.push(await plan(cloud, administrator, number, match));
  }
  const { reading } = await administrator.command('overview', { command: 'overview' });
  const known = (name: string, value: unknown) => (readingTimes.has(name) ? undefined : value);
  return JSON.stringify({ plans, snapshot: reading.snapshot }, known, 1);
}

async function plan(
  cloud: VirtualCloud,
  administrator: Administrator,
  number: number,
  match: object,
): Promise<unknown> {
  const id = `fingerprint-${number}`;
  const document = { version: 1, id, name: id, enabled: false, match, stages: [{ after: '0d', do: 'suspend' }] };
  await administrator.command('saved', { command: 'savePolicy', document: JSON.stringify(document) });
  const { id: run } = await administrator.command('run', { command: 'startRun', policy: id, dry: true });
  await cloud.quiet();
  const { state, counts, plan } = await administrator.command('run', { command: 'run', run });
  if (state !== 'previewed' || !plan) throw new Error(`the dry run of ${JSON.stringify(match)} ended as ${state}`);
  return { match, hash: plan.hash, counts };
}
