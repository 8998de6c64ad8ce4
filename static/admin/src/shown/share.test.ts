import { expect, test } from 'vitest';
import { percent } from './share';

test.each([
  [0, 10, '0 %'],
  [1, 3, '33.3 %'],
  [10, 10, '100 %'],
  [99_999, 100_000, '99.9 %'],
  [1, 100_000, '0 %'],
  [0, 0, '–'],
])('%d of %d is %s', (part, of, text) => {
  expect(percent(part, of, 'en')).toBe(text);
});
