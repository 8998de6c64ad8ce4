import { expect, test } from 'vitest';
import { filterOf, isTerm, withTerm } from './filter';

test('a day means all of it', () => {
  expect(
    filterOf([
      ['from', '2026-11-01'],
      ['to', '2026-11-30'],
      ['run', 'r1'],
    ]),
  ).toEqual({ from: '2026-11-01T00:00:00Z', to: '2026-11-30T23:59:59Z', run: 'r1' });
  expect(filterOf([['from', '2026-11-01T08:00:00Z']])).toEqual({ from: '2026-11-01T08:00:00Z' });
});

test('a term is there once', () => {
  expect(
    withTerm(
      [
        ['run', 'r1'],
        ['outcome', 'done'],
      ],
      'run',
      'r2',
    ),
  ).toEqual([
    ['outcome', 'done'],
    ['run', 'r2'],
  ]);
  expect(isTerm('outcome') && !isTerm('month') && !isTerm(undefined)).toBe(true);
});
