import { expect, test } from 'vitest';
import type { Price, ProductFigures } from '../../gen/types';
import { priceOf, tiersOf } from './tiers';

const FIGURES: ProductFigures = {
  product: 'jira-software',
  site: 's',
  people: 0,
  active: 0,
  idle: 0,
  never: 0,
  unknown: 0,
  seats: 215,
  seatsUnknown: 0,
  seatsSaid: null,
  capacity: null,
};
const PRICE: Price = {
  product: 'jira-software',
  site: null,
  perSeat: 775,
  currency: 'USD',
  tierEdges: [100, 200, 300],
};

test.each([
  [215, null, 200],
  [215, 200, 100],
  [100, null, undefined],
  [400, null, 300],
])('%d seats counted, %j said: the next lower tier ends at %j', (seats, seatsSaid, edge) => {
  expect(tiersOf([{ ...FIGURES, seats, seatsSaid }], [PRICE])[0]?.edge).toBe(edge);
});

test('a price of the site goes before that of every site, and without one there is no tier', () => {
  const own = { ...PRICE, site: 's', perSeat: 1 };
  expect(priceOf([PRICE, own], FIGURES)).toBe(own);
  expect(priceOf([PRICE, own], { ...FIGURES, site: 't' })).toBe(PRICE);
  expect(tiersOf([{ ...FIGURES, product: 'confluence' }], [PRICE, own])).toEqual([]);
});
