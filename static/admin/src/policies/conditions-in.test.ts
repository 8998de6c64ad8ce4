import { expect, test } from 'vitest';
import type { Condition } from '../../gen/types';
import { ownNames } from './conditions-in';

test('lists and fields are found however deep they stand, each once', () => {
  const conditions: Condition[] = [
    { any: [{ listed: 'leavers' }, { not: { field: { name: 'team', is: ['Sales'] } } }] },
    { all: [{ listed: 'leavers' }, { all: [{ listed: 'contractors' }] }, { status: ['active'] }] },
  ];
  expect(ownNames(conditions)).toEqual({ lists: ['contractors', 'leavers'], fields: ['team'] });
  expect(ownNames([{ status: ['active'] }])).toEqual({ lists: [], fields: [] });
});
