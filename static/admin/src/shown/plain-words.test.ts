import { expect, test } from 'vitest';
import { partsOf } from './plain-words';

test.each([
  ['Runs by itself every day.', ['Runs by itself every day.']],
  ['Once, at 2026-12-01T06:00:00Z. It stops.', ['Once, at ', '2026-12-01T06:00:00Z', '. It stops.']],
  ['2026-12-01T06:00:00Z', ['', '2026-12-01T06:00:00Z', '']],
  ['from 2026-12-20 to 2027-01-03', ['from 2026-12-20 to 2027-01-03']],
])('the instants of %s', (text, parts) => {
  expect(partsOf(text)).toEqual(parts);
});
