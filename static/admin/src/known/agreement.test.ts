import { expect, test } from 'vitest';
import { inEnglish } from '../texts/in-english';
import { agreement } from './agreement';

test.each([
  [10, 10, 'Yes'],
  [10, null, 'Atlassian gave no count'],
  [9, 10, '1 person missing'],
  [8_000, 10_000, '2,000 people missing'],
  [12, 10, '2 people more than counted'],
])('%d listed and %j counted: %s', (listed, counted, text) => {
  expect(agreement({ id: 'd', name: 'Main', listed, counted }, inEnglish().say)).toBe(text);
});
