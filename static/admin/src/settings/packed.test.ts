import { expect, test } from 'vitest';
import { packed } from './packed';

test('nothing is lost, and no slice is too large', () => {
  const things = Array.from({ length: 1_000 }, (_, index) => `kim${index}@ä.example`);
  const slices = packed(things, { count: 400, bytes: 4_096 });
  expect(slices.flat()).toEqual(things);
  for (const slice of slices) {
    expect(new TextEncoder().encode(JSON.stringify(slice)).length).toBeLessThanOrEqual(4_097);
  }
  expect(slices.length).toBeGreaterThan(3);
});

test('slices hold so many at most', () => {
  expect(packed(['a', 'b', 'c'], { count: 2, bytes: 1_000 })).toEqual([['a', 'b'], ['c']]);
  expect(packed([], { count: 2, bytes: 1_000 })).toEqual([]);
});
