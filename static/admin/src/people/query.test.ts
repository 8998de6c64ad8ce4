import { expect, test } from 'vitest';
import type { Filter } from '../page/route';
import { orderOf, rosterFilter, toggled, turned, withValues } from './query';

const none = new Map<string, string>();

test('values of one name are alternatives, and names go together', () => {
  const query: Filter = [
    ['status', 'active'],
    ['status', 'suspended'],
    ['site', 'acme.atlassian.net'],
  ];
  expect(rosterFilter(query, none)).toEqual({
    status: ['active', 'suspended'],
    sites: ['acme.atlassian.net'],
    within: [],
  });
});

test('seats are asked for by what is known of them, and by nothing else', () => {
  const query: Filter = [
    ['seat', 'taken'],
    ['seat', 'unknown'],
    ['seat', 'nonsense'],
  ];
  expect(rosterFilter(query, none).seats).toEqual(['taken', 'unknown']);
  expect(rosterFilter([], none).seats).toBeUndefined();
});

test('idle without a limit means the usual one, and never has none', () => {
  expect(rosterFilter([['activity', 'idle']], none).activity).toEqual({ kind: 'idle', days: 90 });
  expect(rosterFilter([['activity', 'never']], none).activity).toEqual({ kind: 'never' });
  const sixty = withValues([['activity', 'idle']], { days: '60' });
  expect(rosterFilter(sixty, none).activity).toEqual({ kind: 'idle', days: 60 });
});

test('a policy that is not known yet asks for nothing', () => {
  const query: Filter = [
    ['policy', 'p1'],
    ['verdict', 'unknown'],
  ];
  expect(rosterFilter(query, none).policy).toBeUndefined();
  expect(rosterFilter(query, new Map([['p1', '{}']])).policy).toEqual({ document: '{}', is: 'unknown' });
});

test('neither exempt nor protected is in none of the sets', () => {
  expect(rosterFilter([['shelter', 'neither']], none).without).toEqual(['exempt', 'protected']);
  expect(rosterFilter([['shelter', 'exempt']], none).within).toEqual(['exempt']);
  expect(rosterFilter([['shelter', 'nonsense']], none)).toEqual({ within: [] });
});

test('a value that is chosen again is taken out', () => {
  const once = toggled([], 'group', 'g1');
  expect(once).toEqual([['group', 'g1']]);
  expect(toggled(once, 'group', 'g1')).toEqual([]);
});

test('a heading sorts one way, then the other', () => {
  const once = turned([], 'lastSeen');
  expect(orderOf(once)).toEqual({ column: 'lastSeen', descending: false });
  expect(orderOf(turned(once, 'lastSeen'))).toEqual({ column: 'lastSeen', descending: true });
  expect(orderOf([['sort', 'nonsense']])).toEqual({ column: 'name', descending: false });
});

test('who stands in the stages of a policy is a set, besides others', () => {
  const query: Filter = [
    ['stages', 'p1'],
    ['stage', '2'],
    ['shelter', 'exempt'],
  ];
  expect(rosterFilter(query, none)).toEqual({ within: ['staged', 'exempt'] });
});
