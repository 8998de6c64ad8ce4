import { expect, test } from 'vitest';
import { USUAL } from './choosable';
import { readKept, writeKept, type Kept } from './saved-views';

/** A browser's storage. */
function storage(): Pick<Storage, 'getItem' | 'setItem'> {
  const values = new Map<string, string>();
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value) };
}

test('what one person keeps is there again, and for nobody else', () => {
  const own = storage();
  const kept: Kept = { views: [{ name: 'Idle', query: [['activity', 'idle']] }], columns: ['claim'] };
  expect(writeKept(own, 'me', kept)).toBe(true);
  expect(readKept(own, 'me')).toEqual(kept);
  expect(readKept(own, 'you')).toEqual({ views: [], columns: USUAL });
});

test.each(['', 'nonsense', '7', '{"views": [{"name": 1}], "columns": "all"}'])('%j is kept by nobody', (text) => {
  expect(readKept({ getItem: () => text }, 'me')).toEqual({ views: [], columns: USUAL });
});

test('a browser that keeps nothing says so', () => {
  const full = {
    setItem: () => {
      throw new Error('full');
    },
  };
  expect(writeKept(full, 'me', { views: [], columns: USUAL })).toBe(false);
  expect(writeKept(undefined, 'me', { views: [], columns: USUAL })).toBe(false);
});
