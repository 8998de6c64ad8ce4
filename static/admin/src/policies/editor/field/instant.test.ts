import { expect, test } from 'vitest';
import { instantOf, localOf } from './instant';

test.each([
  ['2026-12-01T06:00:00Z', 'UTC', '2026-12-01T06:00'],
  ['2026-12-01T06:00:00Z', 'Europe/Berlin', '2026-12-01T07:00'],
  ['2026-07-01T06:00:00Z', 'Europe/Berlin', '2026-07-01T08:00'],
  ['2026-12-01T06:00:30Z', 'Asia/Kolkata', '2026-12-01T11:30:30'],
  ['2026-12-31T23:30:00Z', 'Europe/Berlin', '2027-01-01T00:30'],
])('%s is shown in %s as %s, and is that again', (instant, zone, local) => {
  expect(localOf(instant, zone)).toBe(local);
  expect(instantOf(local, zone)).toBe(instant);
});

test('an instant with another offset is the same instant', () => {
  expect(localOf('2026-12-01T06:00:00+01:00', 'UTC')).toBe('2026-12-01T05:00');
});

test('a time that is shown twice is the first, and one that is skipped is as much later', () => {
  expect(instantOf('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00Z');
  expect(instantOf('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00Z');
  expect(instantOf('2026-03-29T01:59', 'Europe/Berlin')).toBe('2026-03-29T00:59:00Z');
  expect(instantOf('2026-03-29T03:00', 'Europe/Berlin')).toBe('2026-03-29T01:00:00Z');
});

test('what is no instant stays what it is', () => {
  expect(localOf('tomorrow', 'UTC')).toBeUndefined();
  expect(localOf('2026-12-01', 'UTC')).toBeUndefined();
  expect(localOf('', 'UTC')).toBe('');
  expect(instantOf('', 'UTC')).toBeUndefined();
  expect(instantOf('2026-13-01T06:00', 'UTC')).toBeUndefined();
});
