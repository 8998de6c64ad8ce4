import { expect, test } from 'vitest';
import { daysLeft } from './days-left';

const noon = new Date('2026-11-21T12:00:00Z');

test.each([
  ['2026-12-16T23:59:59Z', 'in 25 days'],
  ['2026-11-22T00:00:00Z', 'tomorrow'],
  ['2026-11-21T23:59:59Z', 'today'],
  ['2026-11-21T00:00:00Z', 'today'],
  ['2026-11-20T23:59:59Z', 'yesterday'],
  ['2026-11-18T23:59:59Z', '3 days ago'],
])('%s is %s', (at, text) => {
  expect(daysLeft(at, noon)).toBe(text);
});
