import { expect, test } from 'vitest';
import type { Price } from '../../gen/types';
import { pricedPlaces } from './priced-places';

const HELD = [
  { product: 'confluence', site: 'acme.example' },
  { product: 'jira-software', site: 'acme.example' },
  { product: 'jira-software', site: 'globex.example' },
];

const price = (product: string, site: string | null): Price => ({
  product,
  site,
  perSeat: 775,
  currency: 'USD',
  tierEdges: [],
});

test('a product stands before its sites, and offers those without a price', () => {
  const everywhere = price('jira-software', null);
  const own = price('jira-software', 'globex.example');
  expect(pricedPlaces(HELD, [own, everywhere])).toEqual([
    { product: 'confluence', site: null, price: undefined, others: [] },
    { product: 'jira-software', site: null, price: everywhere, others: ['acme.example'] },
    { product: 'jira-software', site: 'globex.example', price: own, others: [] },
  ]);
});

test('a price of what nobody holds any more can be seen, and forgotten', () => {
  const old = price('trello', null);
  expect(pricedPlaces([], [old])).toEqual([{ product: 'trello', site: null, price: old, others: [] }]);
});
