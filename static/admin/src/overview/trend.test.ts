import { expect, test } from 'vitest';
import type { TrendMonth, TrendPlace } from '../../gen/types';
import { placeKey, placesOf, pointsOf } from './trend';

const place = (product: string, days: number[], people: number): TrendPlace => {
  const column = days.map(() => people);
  return {
    product,
    site: 's',
    days,
    people: column,
    active: column,
    idle: column,
    never: column,
    unknown: column,
    seats: column,
    capacity: days.map((day) => (day === 1 ? 0 : 50)),
  };
};

const MONTHS: TrendMonth[] = [
  { month: '2026-11', suspect: [2], places: [place('small', [1], 3), place('large', [1, 2], 40)] },
  { month: '2026-10', suspect: [], places: [place('large', [31], 90), place('gone', [31], 60)] },
];

test('points come in the order of their days, and a doubted day says so', () => {
  const points = pointsOf(MONTHS, 'large s');
  expect(points.map(({ day, seats, suspect }) => [day, seats, suspect])).toEqual([
    ['2026-10-31', 90, false],
    ['2026-11-01', 40, false],
    ['2026-11-02', 40, true],
  ]);
  expect(points.map(({ capacity }) => capacity)).toEqual([50, undefined, 50]);
});

test('each place is there once, the largest of its newest month first', () => {
  expect(placesOf(MONTHS).map(placeKey)).toEqual(['gone s', 'large s', 'small s']);
});
