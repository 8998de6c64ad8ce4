/** (a) This engine: the page's core, in wasm, in this process. */
import { readFileSync } from 'node:fs';
import { createGlue } from '../target/battery/core.js';
import { NOW } from './data/activity.ts';
import { type Verdicts, fromBits } from './verdicts.ts';

/** The core that the page loads, with a directory that is filled from pages of the API besides. */
export const CORE = 'target/battery/core_bg.wasm';

export type Directory = InstanceType<ReturnType<typeof createGlue>['Directory']>;

let compiled: WebAssembly.Module | undefined;

/** An empty directory in a fresh instance, and the instance's memory, which never shrinks. */
export function freshDirectory(): { directory: Directory; memory: WebAssembly.Memory } {
  compiled ??= new WebAssembly.Module(readFileSync(CORE));
  const glue = createGlue(queueMicrotask);
  const { memory } = glue.initSync({ module: compiled });
  return { directory: new glue.Directory(), memory };
}

/** Decides a policy document for everybody: everything that a caller waits for, until the bits are at hand. */
export function decide(directory: Directory, policy: string): { matched: Uint32Array; unknown: Uint32Array } {
  const answer = directory.evaluate(policy, NOW);
  const bits = { matched: answer.matchedBits, unknown: answer.unknownBits };
  answer.free();
  return bits;
}

/** The engine's answer as the baselines give it. */
export const verdictsOf = (directory: Directory, { matched, unknown }: ReturnType<typeof decide>): Verdicts =>
  fromBits(directory.users, matched, unknown);
