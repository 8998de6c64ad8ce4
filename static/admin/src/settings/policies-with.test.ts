import { expect, test } from 'vitest';
import type { Condition, PolicySummary } from '../../gen/types';
import { policiesOnField, policiesOnList } from './policies-with';

const policy = (id: string, match: Condition) =>
  ({ reference: { id, name: id, revision: 1 }, policy: { match } }) as unknown as PolicySummary;

const POLICIES = [
  policy('leavers', { listed: 'leavers' }),
  policy('deep', { all: [{ status: ['active'] }, { not: { any: [{ listed: 'vip' }, { mfa: true }] } }] }),
  policy('costs', { any: [{ field: { name: 'cost center', is: ['47*'] } }] }),
];

const ids = (found: PolicySummary[]) => found.map(({ reference }) => reference.id);

test('a list is found however deep the condition lies', () => {
  expect(ids(policiesOnList(POLICIES, 'vip'))).toEqual(['deep']);
  expect(ids(policiesOnList(POLICIES, 'leavers'))).toEqual(['leavers']);
  expect(policiesOnList(POLICIES, 'cost center')).toEqual([]);
});

test('a field is not a list of the same name', () => {
  expect(ids(policiesOnField(POLICIES, 'cost center'))).toEqual(['costs']);
  expect(policiesOnField(POLICIES, 'leavers')).toEqual([]);
});
