import { expect, test } from 'vitest';
import { rosterFilter } from './query';
import { unusedFilters } from './unused';

test('idle and never seen are asked for together: the figure of the overview counts both', () => {
  expect(unusedFilters('30')).toEqual([{ activity: { kind: 'idle', days: 30 } }, { activity: { kind: 'never' } }]);
  expect(unusedFilters('soon')).toEqual(unusedFilters('30'));
});

test('the people found are a set beside everything else that is asked for', () => {
  const query: [string, string][] = [
    ['status', 'active'],
    ['unused', '30'],
    ['exemption', 'email bot-*@acme.example'],
  ];
  expect(rosterFilter(query, new Map())).toEqual({ status: ['active'], within: ['unused', 'exemption'] });
});
