import { expect, test } from 'vitest';
import type { ChainPerson } from '../../gen/types';
import { stagesDone, standingAt } from './standing';

const person = (account: string, ...stages: number[]): ChainPerson => ({
  account,
  name: null,
  email: null,
  entered: '2026-01-01T00:00:00Z',
  done: stages.map((stage) => ({ stage, at: '2026-01-02T00:00:00Z' })),
  next: null,
  due: null,
  standing: '',
});

test('somebody stands after the last stage that was done, whichever were left out', () => {
  expect(stagesDone(person('a'))).toBe(0);
  expect(stagesDone(person('a', 0))).toBe(1);
  expect(stagesDone(person('a', 2, 0))).toBe(3);
});

test('who stands at a stage is told from who stands elsewhere', () => {
  const people = [person('a'), person('b', 0), person('c', 0, 1)];
  expect(standingAt(people, undefined)).toHaveLength(3);
  expect(standingAt(people, '1').map(({ account }) => account)).toEqual(['b']);
  expect(standingAt(people, 'nonsense')).toEqual([]);
});
