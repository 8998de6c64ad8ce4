import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createGlue } from '../../forge-app/gen/core.js';
import type { StoredEntry } from '../../forge-app/gen/types.ts';

const wasm = new WebAssembly.Module(readFileSync('forge-app/gen/core_bg.wasm'));

/** An instance and the size of its memory. */
function instance() {
  const core = createGlue(queueMicrotask);
  const { memory } = core.initSync({ module: wasm });
  return { core, bytes: () => memory.buffer.byteLength };
}

/** Calls once, then 300 times more, and gives the growth between. */
function growth(call: (core: ReturnType<typeof createGlue>) => unknown): number {
  const { core, bytes } = instance();
  const badly = () => {
    try {
      call(core);
    } catch {
      // Bad input is refused by an error here and by an answer there; neither may cost memory.
    }
  };
  for (let warm = 0; warm < 10; warm += 1) badly();
  const before = bytes();
  for (let again = 0; again < 300; again += 1) badly();
  return bytes() - before;
}

const policy = JSON.stringify({
  version: 1,
  id: 'p',
  name: 'P',
  match: { status: ['active'] },
  stages: [{ after: '0d', do: 'suspend' }],
});
const people = Array.from({ length: 2_000 }, (_, index) => ({ accountId: `a${index}`, status: 'active', groups: [] }));
const cutOff = new TextEncoder().encode(JSON.stringify({ data: people }).slice(0, -10));
const badEntries = Array.from({ length: 2_000 }, (_, seq) => ({ seq, entry: 'x'.repeat(50), hash: seq % 7 ? 'h' : 7 }));

test.each<[string, (core: ReturnType<typeof createGlue>) => unknown]>([
  ['policies that are not JSON', (core) => core.checkPolicy(`{"match": ${'['.repeat(5_000)}`)],
  [
    'policies with many mistakes',
    (core) => core.checkPolicy(JSON.stringify({ match: { all: Array.from({ length: 500 }, () => ({ no: 1 })) } })),
  ],
  ['entries of the wrong kind', (core) => core.verifyEntries(badEntries as unknown as StoredEntry[])],
  ['users that are cut off', (core) => core.evaluateUsers(policy, cutOff, '2026-11-21T12:00:00Z') as unknown],
])('300 bad calls leave the memory as it was: %s', (_, call) => {
  expect(growth(call)).toBe(0);
});
