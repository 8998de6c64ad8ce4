import { expect, test } from 'vitest';
import { changesBetween } from './changes.ts';
import { doneEntries, firstMisfit, unannounced } from './chain.ts';
import { recompute } from './recompute.ts';

const now = '2026-11-21T12:00:00Z';
const policy = {
  match: { all: [{ status: ['active'] }, { idle: { longerThan: '90d' } }, { emailDomain: ['partner.example'] }] },
};
const idle = {
  accountId: 'a',
  status: 'active',
  email: 'a@Partner.example',
  groups: [{ id: 'ari:cloud:identity::group/g1' }],
  productAccess: [{ key: 'jira-software', lastActiveTimestamp: '2026-01-01T00:00:00Z' }],
};
const seen = (time: string) => [{ key: 'jira-software', lastActiveTimestamp: time }];
const none: { users: string[]; groups: string[] } = { users: [], groups: [] };

test.each([
  ['idle', idle, 'suspend'],
  ['suspended before', { ...idle, status: 'suspended' }, 'no match'],
  ['another domain', { ...idle, email: 'a@sub.partner.example' }, 'no match'],
  ['no access', { ...idle, productAccess: [] }, 'no match'],
  ['at the limit', { ...idle, productAccess: seen('2026-08-22T12:00:00.000Z') }, 'no match'],
  ['a second longer', { ...idle, productAccess: seen('2026-08-22T11:59:59.000000000Z') }, 'suspend'],
  ['no status', { ...idle, status: undefined }, 'unknown'],
  ['no e-mail', { ...idle, email: undefined }, 'unknown'],
  ['no access list', { ...idle, productAccess: undefined }, 'unknown'],
  ['one access never used', { ...idle, productAccess: [...idle.productAccess, { key: 'confluence' }] }, 'suspend'],
  ['no access ever used', { ...idle, productAccess: [{ key: 'confluence' }] }, 'no match'],
  ['not known, but elsewhere seen', { ...idle, productAccess: [{ key: 'c' }, ...seen(now)] }, 'no match'],
  ['not known, but suspended', { ...idle, status: 'suspended', email: undefined }, 'no match'],
])('%s', (_, person, verdict) => {
  const present = JSON.parse(JSON.stringify(person)) as typeof idle;
  const { suspend, unknown } = recompute([present], policy, none, {}, now);
  expect({ suspended: suspend.size === 1, unknown }).toEqual({
    suspended: verdict === 'suspend',
    unknown: verdict === 'unknown' ? 1 : 0,
  });
});

test('exemptions come before protections, and both shelter', () => {
  const count = (exemptions: typeof none, protectedPeople: object) => {
    const result = recompute([idle], policy, exemptions, protectedPeople as Record<string, string>, now);
    return [result.exempt, result.protected, result.suspend.size];
  };
  expect(count({ users: ['a'], groups: [] }, { a: 'site administrator' })).toEqual([1, 0, 0]);
  expect(count({ users: [], groups: ['g1'] }, {})).toEqual([1, 0, 0]);
  expect(count(none, { a: 'site administrator' })).toEqual([0, 1, 0]);
});

test('a condition that it does not know is refused, not guessed', () => {
  const strange = { match: { mfa: true } } as unknown as typeof policy;
  expect(() => recompute([idle], strange, none, {}, now)).toThrow('does not know');
});

test('a change beside the suspension is found', () => {
  const before = { accountId: 'a', status: 'active', membershipStatus: 'active', name: 'A' };
  const after = { ...before, status: 'suspended', membershipStatus: 'suspended' };
  expect([...changesBetween([before], [after]).suspended]).toEqual(['a']);
  expect(changesBetween([before], [{ ...after, name: 'B' }]).others).toHaveLength(1);
  expect(changesBetween([before], []).others).toHaveLength(1);
  expect(changesBetween([], [before]).others).toHaveLength(1);
  expect(changesBetween([after], [before]).others).toHaveLength(1);
});

test('a changed log is found', () => {
  expect(firstMisfit([])).toBeUndefined();
  const forged = { seq: 1, entry: '{"seq":1,"previous":""}', hash: '0' };
  expect(firstMisfit([forged])).toBe(1);
});

test('somebody who was acted on without an intent before is found', () => {
  const said = (outcome: string, whom: object) => ({
    seq: 1,
    entry: JSON.stringify({ run: 'r', action: 'suspend', outcome, ...whom }),
    hash: '',
  });
  const intent = said('intent', { subjects: ['a', 'b'] });
  const done = [said('done', { subject: 'a' }), said('done', { subject: 'b' })];
  expect(unannounced([intent, ...done], 'r', 'suspend')).toEqual([]);
  expect(unannounced([...done, intent], 'r', 'suspend')).toEqual(['a', 'b']);
  expect(unannounced([said('intent', { subjects: ['a'] }), ...done], 'r', 'suspend')).toEqual(['b']);
  expect(doneEntries([intent, ...done], 'r', 'suspend')).toEqual(['a', 'b']);
  expect(doneEntries([intent, ...done], 'another', 'suspend')).toEqual([]);
});
