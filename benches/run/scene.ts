import { Administrator } from '../../tests/demonstration/administrator.ts';
import { follow } from '../../tests/demonstration/follow.ts';
import type { NamedPerson, Run } from '../../forge-app/gen/types.ts';
import type { VirtualCloud } from '../bundle/stage.ts';

const policy = {
  version: 1,
  id: 'idle-90',
  name: 'Idle for 90 days',
  enabled: true,
  match: { all: [{ status: ['active'] }, { idle: { longerThan: '90d' } }] },
  stages: [{ after: '0d', do: 'suspend' }],
  limits: { users: 1_000_000, percent: 100 },
};

/** A planned run that waits for its release. */
export interface Scene {
  run: Run;
  /** Whom the plan suspends. */
  planned: string[];
  /** Who may release it: not the one who saved the policy (RULES R9). */
  second: Administrator;
}

/** Connects the organization, lets the policy reach everybody, and has its run planned: the first one is held. */
export async function prepare(cloud: VirtualCloud): Promise<Scene> {
  const [one, two] = (await cloud.people()).orgAdmins;
  if (!one || !two) throw new Error('the simulated organization lacks two administrators');
  const [first, second] = [new Administrator(cloud, one), new Administrator(cloud, two)];
  const { organizationId, apiKey } = await cloud.createKey(one);
  await first.command('connected', { command: 'connect', organizationId, apiKey, owner: one, expires: null });
  await first.command('settings', { command: 'setLimits', percentPerDay: 100 });
  await first.command('saved', { command: 'savePolicy', document: JSON.stringify(policy) });
  const { id } = await first.command('run', { command: 'startRun', policy: policy.id, dry: false });
  await cloud.quiet();
  const run = await follow(first, id, () => undefined);
  if (run.state !== 'held') throw new Error(`the run was planned and is ${run.state}, not held`);
  return { run, planned: await plannedOf(first, run), second };
}

/** Whom a plan acts on, as it was frozen. */
async function plannedOf(viewer: Administrator, run: Run): Promise<string[]> {
  const planned: string[] = [];
  for (let part = 0; part < (run.plan?.parts ?? 0); part += 1) {
    const { text } = await viewer.command('planPart', { command: 'planPart', run: run.id, part });
    const people = JSON.parse(text) as NamedPerson[];
    planned.push(...people.filter(({ fate }) => fate === 'planned').map(({ account }) => account));
  }
  return planned;
}
