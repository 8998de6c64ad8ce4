import { expect, test } from 'vitest';
import { paceOf, withLook, type Look } from './pace';

const looksAt = (...looks: [at: number, settled: number][]): Look[] =>
  looks.reduce<Look[]>((all, [at, settled]) => withLook(all, { at, settled }), []);

test('two looks a minute apart tell the pace and the time left', () => {
  expect(paceOf(looksAt([0, 10], [60_000, 110]), 310)).toEqual({ rate: 100, minutesLeft: 2 });
});

test('one look, no progress or too short a time tell nothing', () => {
  expect(paceOf([], 10)).toBeUndefined();
  expect(paceOf(looksAt([0, 5]), 10)).toBeUndefined();
  expect(paceOf(looksAt([0, 5], [60_000, 5]), 10)).toBeUndefined();
  expect(paceOf(looksAt([0, 5], [1_000, 7]), 10)).toBeUndefined();
});

test('what is long ago does not count', () => {
  expect(paceOf(looksAt([0, 0], [600_000, 10], [660_000, 70]), 70)).toEqual({ rate: 60, minutesLeft: 1 });
});
