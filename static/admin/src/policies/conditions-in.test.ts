import { expect, test } from 'vitest';
import type { Condition } from '../../gen/types';
import { namesOwn, ownNames } from './conditions-in';

test('lists and fields are found however deep they stand, each once', () => {
  const conditions: Condition[] = [
    { any: [{ listed: 'leavers' }, { not: { field: { name: 'team', is: ['Sales'] } } }] },
    { all: [{ listed: 'leavers' }, { all: [{ listed: 'contractors' }] }, { status: ['active'] }] },
  ];
  expect(ownNames(conditions)).toEqual({ lists: ['contractors', 'leavers'], fields: ['team'] });
  expect(conditions.map(namesOwn)).toEqual([true, true]);
  expect(ownNames([{ status: ['active'] }])).toEqual({ lists: [], fields: [] });
  expect(namesOwn({ not: { any: [{ status: ['active'] }] } })).toBe(false);
});
