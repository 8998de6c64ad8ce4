import { expect, test } from 'vitest';
import { HOME, pathOf, placeOf, routeOf, type Route } from './route';

const ROUTES: Route[] = [
  { page: 'overview' },
  { page: 'known' },
  { page: 'changes' },
  { page: 'policies' },
  { page: 'policy', id: undefined },
  { page: 'policy', id: 'idle-90' },
  { page: 'policy', id: 'new' },
  { page: 'runs' },
  { page: 'run', id: 'r/1', filter: [['outcome', 'failed']] },
  { page: 'run', id: '20261121T080000Z-a1b2' },
  { page: 'log', by: undefined, value: undefined },
  { page: 'log', by: 'actor', value: 'person:712020:0f0e/1' },
  {
    page: 'log',
    by: 'run',
    value: 'r1',
    also: [
      ['outcome', 'failed'],
      ['from', '2026-11-01T00:00:00Z'],
    ],
  },
  { page: 'exemptions' },
  { page: 'settings' },
  { page: 'settings', part: 'lists' },
  { page: 'people' },
  {
    page: 'people',
    filter: [
      ['group', 'a/b c'],
      ['status', 'active'],
    ],
  },
  { page: 'runs', filter: [['state', 'held']] },
];

test.each(ROUTES)('$page comes back from its address', (route) => {
  expect(routeOf(pathOf(route))).toEqual(route);
});

test.each(['', '/', '/nowhere', '/policies/edit', '/%'])('the address %j leads somewhere', (path) => {
  expect([HOME, { page: 'policies' }]).toContainEqual(routeOf(path));
});

test('another filter is the same place, another run is not', () => {
  const run: Route = { page: 'run', id: 'r1' };
  expect(placeOf({ ...run, filter: [['outcome', 'failed']] })).toBe(placeOf(run));
  expect(placeOf({ page: 'run', id: 'r2' })).not.toBe(placeOf(run));
  expect(placeOf({ page: 'runs', filter: [['kind', 'dry']] })).toBe(placeOf({ page: 'runs' }));
});
