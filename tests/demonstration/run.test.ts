import { afterEach, expect, test } from 'vitest';
import type { Check } from './checks.ts';
import { demonstrate } from './run.ts';
import { setStage, type Stage, type StageOptions } from './stage.ts';

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
