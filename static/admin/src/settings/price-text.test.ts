import { expect, test } from 'vitest';
import { EDGES, PRICE, edgesOf, hundredths } from './price-text';

test.each([
  ['7', 700],
  ['7.5', 750],
  ['7,75', 775],
  ['0.07', 7],
])('%s is so many hundredths: %d', (text, expected) => {
  expect(PRICE.test(text)).toBe(true);
  expect(hundredths(text)).toBe(expected);
});

test.each(['', '-1', '7.755', '1,000.00', 'seven'])('%j is no price', (text) => {
  expect(PRICE.test(text)).toBe(false);
});

test('edges are put in order, each once, and may be none', () => {
  expect(edgesOf(' 300, 100,300 ')).toEqual([100, 300]);
  expect(edgesOf('')).toEqual([]);
  expect(['', '100', '100, 200'].every((text) => EDGES.test(text))).toBe(true);
  expect(['100 200', '1.5', 'x'].some((text) => EDGES.test(text))).toBe(false);
});
