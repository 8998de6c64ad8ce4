import { expect, test } from 'vitest';
import { comparable } from './comparable';

test('the order of fields makes no difference, in parts of parts either', () => {
  const one = '{"id":"a","version":1,"limits":{"users":25,"percent":5},"stages":[{"after":"0d","do":"suspend"}]}';
  const other = '{"version":1,"stages":[{"do":"suspend","after":"0d"}],"limits":{"percent":5,"users":25},"id":"a"}';
  expect(comparable(one)).toBe(comparable(other));
  expect(comparable(one)).toMatch(/^\{\n {2}"version": 1,\n {2}"id": "a"/);
});

test('the order of a list is what it says', () => {
  expect(comparable('{"stages":[1,2]}')).not.toBe(comparable('{"stages":[2,1]}'));
});

test('a text that is no document stays as it is', () => {
  expect(comparable('{"version": 1,')).toBe('{"version": 1,');
});
