import { readFileSync } from 'node:fs';
import type { NamedPerson, Run } from '../../forge-app/gen/types.ts';
import { Administrator } from './administrator.ts';
import { changesBetween } from './changes.ts';
import { judge, type Check } from './checks.ts';
import type { CloudMeter, People } from './cloud.ts';
import { awaitRun, follow, peopleOf } from './follow.ts';
import { verifiedLog, type VerifiedLog } from './log.ts';
import { recompute } from './recompute.ts';
import { limits, prepare, type Scene } from './scene.ts';
import type { Stage } from './stage.ts';

/** What the demonstration shows and leaves at its end. */
export interface Outcome {
  run: Run;
  scene: Scene;
  people: NamedPerson[];
  checks: Check[];
  /** Content by file name, for anyone who wants to check the run with a tool of their own. */
  files: Record<string, unknown>;
}

/** Says what is going on; `show` replaces the line before. */
export interface Narrator {
  say: (line: string) => void;
  show: (line: string) => void;
}

/** The main job from connection to proof, on a stage that was just set. */
export async function demonstrate(stage: Stage, users: number, narrator: Narrator): Promise<Outcome> {
  const { cloud } = stage;
  const started = performance.now();
  const people = await cloud.people();
  const [first, second] = administrators(stage, people);
  const scene = await prepare(cloud, people, first, users);
  describe(scene, people, narrator);
  const before = await cloud.users();
  const run = await scheduledRun(stage, first, second, narrator);
  const after = await cloud.users();
  const seconds = (performance.now() - started) / 1000;
  const everybody = await peopleOf(first, run.id);
  const protectedPeople = await protections(first);
  const log = await verifiedLog(first);
  const expected = recompute(before, scene.policy, scene.exemptions, protectedPeople, run.now);
  const changes = changesBetween(before, after);
  const checks = judge({ run, changes, expected, ...log, users: before.length });
  const files = {
    'summary.json': summary(run, log, await cloud.meter(), seconds),
    'cloud-before.json': { data: before },
    'cloud-after.json': { data: after },
    'policy.json': scene.policy,
    'exemptions.json': scene.exemptions,
    'protected.json': protectedPeople,
  };
  return { run, scene, people: everybody, checks, files };
}

/** The one who sets up and the one who releases: four eyes (RULES R9). */
export function administrators(stage: Stage, people: People): [Administrator, Administrator] {
  const [first, second] = people.orgAdmins;
  if (!first || !second) throw new Error('the simulated organization lacks two organization administrators');
  return [new Administrator(stage.cloud, first), new Administrator(stage.cloud, second)];
}

function describe({ policy, exemptions }: Scene, people: People, { say }: Narrator): void {
  say(`sites: ${people.sites.map(({ host }) => host).join(', ')}`);
  say(`policy: status active, idle in every product for 90 days, ${people.contractorDomains.join(' or ')} → suspend`);
  say(`limits set for this demonstration: ${policy.limits.users} people and ${limits.percentOfPolicy} % in one run,`);
  say(`  ${limits.percentPerDay} % of the organization in 24 hours (as delivered: 25 people, 5 %, 5 %)`);
  say(`exempt: ${exemptions.users.length} people by name, and the group contractors-keep`);
}

async function scheduledRun(
  stage: Stage,
  first: Administrator,
  second: Administrator,
  narrator: Narrator,
): Promise<Run> {
  await stage.cloud.fireTrigger('tick-schedule');
  narrator.say('the scheduled trigger fired');
  const { id } = await awaitRun(first);
  const planned = await follow(first, id, narrator.show);
  if (planned.state !== 'held') return planned;
  for (const { text } of planned.guards) narrator.say(`held: ${text}`);
  await second.command('run', { command: 'releaseRun', run: id, reason: 'read the plan: contractors only' });
  narrator.say('a second organization administrator released the first run of this policy');
  return follow(first, id, narrator.show);
}

export async function protections(viewer: Administrator): Promise<Record<string, string>> {
  const { people } = await viewer.command('protected', { command: 'protected' });
  return Object.fromEntries(people);
}

function summary({ now, counts }: Run, log: VerifiedLog, meter: CloudMeter, seconds: number): object {
  const { users, matched, unknown, exempt, skipped, acted, verified, failed } = counts;
  const isApi = ([operation]: [string, number]) => !/^(storage|queue)\./.test(operation);
  const calls = Object.entries(meter.calls);
  return {
    now,
    ...{ users, matched, unknown, exempt, protected: counts.protected, skipped, acted, verified, failed },
    auditEntries: log.entries.length,
    chainValid: log.verification.valid,
    apiCalls: Object.fromEntries(calls.filter(isApi)),
    platformCalls: Object.fromEntries(calls.filter((call) => !isApi(call))),
    invocations: Object.values(meter.invocations).reduce((sum, count) => sum + count, 0),
    invocationsByFunction: meter.invocations,
    wasmBytes: readFileSync('forge-app/gen/core_bg.wasm').byteLength,
    seconds: Math.round(seconds * 10) / 10,
  };
}
