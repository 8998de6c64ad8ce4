import { expect, test } from 'vitest';
import { inEnglish } from '../texts/in-english';
import { daysLeft } from './days-left';

const noon = new Date('2026-11-21T12:00:00Z');

test.each([
  ['2026-12-16T23:59:59Z', 'in 26 days'],
  ['2026-12-16T12:00:00Z', 'in 25 days'],
  ['2026-11-22T12:00:01Z', 'in 2 days'],
  ['2026-11-22T12:00:00Z', 'within a day'],
  ['2026-11-21T12:00:01Z', 'within a day'],
  ['2026-11-21T12:00:00Z', 'over'],
  ['2026-11-18T23:59:59Z', 'over'],
])('%s is %s', (at, text) => {
  expect(daysLeft(at, noon, inEnglish().say)).toBe(text);
});
