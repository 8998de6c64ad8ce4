import { expect, test } from 'vitest';
import { Failure } from '../failure';
import type { Call } from '../protocol';
import { countInStages } from './chain-people';

/** An app whose chain has these parts. */
const app = (parts: number[]): Call =>
  (({ part }: { part: number }) =>
    Promise.resolve({ parts: parts.length, people: Array.from({ length: parts[part] ?? 0 }) })) as unknown as Call;

const refusing =
  (code: string): Call =>
  () =>
    Promise.reject(new Failure({ code, message: 'no' }));

test('everybody in the stages counts, in whichever part', async () => {
  expect(await countInStages(app([3, 2]), 'idle')).toBe(5);
  expect(await countInStages(app([]), 'idle')).toBe(0);
});

test('nobody is in the stages of a policy that is not stored yet, and what is not known is not nobody', async () => {
  expect(await countInStages(refusing('not-found'), 'fresh')).toBe(0);
  expect(await countInStages(refusing('no-answer'), 'idle')).toBeUndefined();
});
