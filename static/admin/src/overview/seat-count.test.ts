import { expect, test } from 'vitest';
import type { ProductFigures } from '../../gen/types';
import { inEnglish } from '../texts/in-english';
import { seatDifference } from './seat-count';

const FIGURES = { product: 'p', site: 's', people: 0, active: 0, idle: 0, never: 0, unknown: 0, capacity: null };

test.each([
  [10, 0, null, 'Atlassian did not say'],
  [10, 3, 10, 'None'],
  [10, 0, 9, 'Atlassian says 1 seat fewer'],
  [10, 0, 12, 'Atlassian says 2 seats more'],
  [10, 2, 12, 'Within the 2 people whose seat is not known'],
  [10, 1, 12, 'Atlassian says 2 seats more, and only 1 person here may explain some of them'],
])('%d counted, %d not known, %j said: %s', (seats, seatsUnknown, seatsSaid, text) => {
  const figures: ProductFigures = { ...FIGURES, seats, seatsUnknown, seatsSaid };
  expect(seatDifference(figures, inEnglish().say)).toBe(text);
});
