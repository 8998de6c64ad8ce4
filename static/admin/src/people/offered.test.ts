import { expect, test } from 'vitest';
import type { NamedCount } from '../../gen/types';
import { MOST, offered } from './offered';

/** 340 groups, the largest first. */
const groups = Array.from({ length: 340 }, (_, index): NamedCount => {
  const value = `g${index + 1}`;
  return { value, name: `Team ${index + 1}`, people: 400 - index };
});
const nameOf = ({ value, name }: NamedCount): string => name ?? value;

test('the largest are shown, and how many there are', () => {
  const { shown, of } = offered(groups, [], '', nameOf);
  expect(shown).toEqual(groups.slice(0, MOST));
  expect(of).toBe(340);
});

test('the smallest is found by a part of its name, in any case', () => {
  const { shown, of } = offered(groups, [], 'team  340', nameOf);
  expect(shown.map(({ value }) => value)).toEqual(['g340']);
  expect(of).toBe(1);
  expect(offered(groups, [], 'nobody has this', nameOf)).toEqual({ shown: [], of: 0 });
});

test('what is chosen stays among them, so that it can be taken back', () => {
  expect(offered(groups, ['g300'], '', nameOf).shown.at(-1)?.value).toBe('g300');
  expect(offered(groups, ['g1'], 'team 2', nameOf).shown[0]?.value).toBe('g1');
});
