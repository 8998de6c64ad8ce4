import { afterEach, expect, test } from 'vitest';
import type { Check } from './checks.ts';
import { demonstrate } from './run.ts';
import { setStage, type Stage, type StageOptions } from './stage.ts';
import { daysAgo, warnFirst } from './warn-first.ts';

let stage: Stage | undefined;
afterEach(() => {
  stage?.stop();
  stage = undefined;
});

const quiet = { say: () => undefined, show: () => undefined };
const failures = (checks: Check[]) => checks.filter(({ found }) => found !== undefined);

/** The whole main job through bundle and wasm, over HTTP, without the latencies. */
async function run(options: Omit<StageOptions, 'latency'>, faults?: unknown): Promise<Check[]> {
  stage = await setStage({ ...options, latency: 'off' });
  if (faults) await stage.cloud.setFaults(faults);
  const { checks } = await demonstrate(stage, options.users, quiet);
  return checks;
}

test.each([1, 2, 3])('seed %i, with its own answers to the open questions', async (seed) => {
  expect(failures(await run({ users: 300, seed, switches: seed }))).toEqual([]);
});

test.each([
  ['the connection is cut after a suspension took effect', { operation: 'users.suspend', kind: 'cutAfter', times: 3 }],
  ['the connection is cut before a suspension', { operation: 'users.suspend', kind: 'cutBefore', times: 2 }],
  ['a reading is refused for a while', { operation: 'workspaces.search', kind: 'tooManyRequests', times: 1 }],
])(
  '%s: the same people in the end',
  async (_, planned) => {
    expect(failures(await run({ users: 100, seed: 4 }, { planned: [planned] }))).toEqual([]);
  },
  // The app waits until an answer is clear, or until the next minute of the limit: in the time of this machine.
  150_000,
);

/** Both acts, the second with what goes wrong in it. */
async function bothActs(options: Omit<StageOptions, 'latency'>, faults?: unknown): Promise<string[]> {
  stage = await setStage({ ...options, daysAgo, latency: 'off' });
  const earlier = await demonstrate(stage, options.users, quiet);
  if (faults) await stage.cloud.setFaults(faults);
  const { checks, record, messages } = await warnFirst(stage, options.users, earlier, quiet);
  expect(record.map(({ policy }) => policy)).toEqual(['idle-contractors', ...Array<string>(3).fill('idle-colleagues')]);
  expect(messages.length).toBeGreaterThan(0);
  // The days that passed end at the machine's time.
  expect(Math.abs((await stage.cloud.now()) - Date.now())).toBeLessThan(5_000);
  return failures(checks).map(({ claim }) => claim);
}

test.each([1, 2])(
  'seed %i: people are warned, and what follows comes a week later',
  async (seed) => {
    expect(await bothActs({ users: 300, seed, switches: seed })).toEqual([]);
  },
  150_000,
);

test('a message whose answer was lost counts for nothing, and the checks see that it was there', async () => {
  const lost = { operation: 'jira.issue.notify', kind: 'cutAfter', times: 1 };
  expect(await bothActs({ users: 300, seed: 1 }, { planned: [lost] })).toEqual([
    'every run of the policy that warns first is done',
    'the first warns exactly whom a separate computation names and mail can reach',
    'everybody who was warned has one message at their address, and nobody else has one',
  ]);
}, 150_000);
