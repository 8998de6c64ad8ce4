import { expect, test } from 'vitest';
import { readLastSeen, unseen, writeLastSeen } from './last-seen';

/** A browser's storage. */
function storage(): Pick<Storage, 'getItem' | 'setItem'> {
  const values = new Map<string, string>();
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value) };
}

const ITEMS = ['2026-11-22T09:15:00Z', '2026-11-22T09:00:00Z', '2026-11-22T09:00:00Z', '2026-11-21T23:45:00Z'].map(
  (at) => ({ at }),
);

test.each([
  [undefined, 4],
  ['2026-11-21T23:45:00Z', 3],
  ['2026-11-22T09:00:00Z', 1],
  ['2026-11-22T09:15:00Z', 0],
  ['2026-11-23T00:00:00Z', 0],
  ['nonsense', 4],
])('to who has seen those until %s, so many are new: %i', (lastSeen, count) => {
  expect(unseen(ITEMS, lastSeen)).toBe(count);
});

test('what one person has seen is kept, and for nobody else', () => {
  const own = storage();
  writeLastSeen(own, 'me', '2026-11-22T09:15:00Z');
  expect(readLastSeen(own, 'me')).toBe('2026-11-22T09:15:00Z');
  expect(readLastSeen(own, 'you')).toBeUndefined();
});

test('a browser that keeps nothing is no failure', () => {
  const refuse = () => {
    throw new Error('denied');
  };
  expect(readLastSeen({ getItem: refuse }, 'me')).toBeUndefined();
  expect(readLastSeen(undefined, 'me')).toBeUndefined();
  expect(() => writeLastSeen({ setItem: refuse }, 'me', 'x')).not.toThrow();
  expect(() => writeLastSeen(undefined, 'me', 'x')).not.toThrow();
});
