import { expect, test } from 'vitest';
import type { Run } from '../../gen/types';
import { SLOWEST, backingOff } from './next-look';

const run = (state: Run['state'], acted: number): Run => ({ state, counts: { acted } }) as Run;

test('a run that moves is asked for soon, one that does not ever later, and one that is over never', () => {
  const next = backingOff();
  expect([next(run('executing', 1)), next(run('executing', 1)), next(run('executing', 1))]).toEqual([
    2_000, 3_000, 4_500,
  ]);
  for (let round = 0; round < 20; round += 1) next(run('executing', 1));
  expect(next(run('executing', 1))).toBe(SLOWEST);
  expect(next(run('executing', 2))).toBe(2_000);
  expect(next(run('held', 2))).toBe(15_000);
  expect(next(run('done', 2))).toBeUndefined();
});
