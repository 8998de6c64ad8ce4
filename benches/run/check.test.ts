import { expect, test } from 'vitest';
import { sameOnce } from './check.ts';

test('whoever is missing, too many or there twice is wrong', () => {
  expect(sameOnce('suspended', ['b', 'a'], ['a', 'b'])).toEqual([]);
  expect(sameOnce('suspended', ['a', 'a', 'b'], ['a', 'b'])).toEqual(['1 were suspended twice']);
  expect(sameOnce('suspended', ['a', 'c'], ['a', 'b'])).toEqual([
    '1 were suspended who are not in the plan',
    '1 of the plan were not suspended',
  ]);
});
