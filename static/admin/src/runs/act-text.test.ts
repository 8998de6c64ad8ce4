import { expect, test } from 'vitest';
import type { Act } from '../../gen/types';
import { inEnglish } from '../texts/in-english';
import { actText, countedAct, inverseOf, nameOfAct } from './act-text';

const { say } = inEnglish();
const names = new Map([
  ['g1', 'jira-users'],
  ['s1', 'acme.atlassian.net'],
]);
const jira = 'ari:cloud:jira-software::site/s1';

test.each<[Act, string]>([
  ['suspend', 'suspend'],
  [
    { removeAccess: { resources: [jira], groups: ['g1'] } },
    'remove access to Jira on acme.atlassian.net by group jira-users',
  ],
  [{ removeAccess: { resources: [jira], groups: [] } }, 'remove the direct access to Jira on acme.atlassian.net'],
  [{ removeFromGroups: { groups: ['g1', 'g2'] } }, 'remove from groups jira-users and g2'],
  [{ addToGroup: { groups: ['g1'] } }, 'add to group jira-users'],
  [
    { giveAccess: { groups: ['g1'], roles: [{ resource: jira, role: 'atlassian/user' }] } },
    'give back group jira-users and direct roles on Jira on acme.atlassian.net',
  ],
  [{ rename: { before: '', after: ' (inactive)', back: false } }, 'rename to “… (inactive)”'],
])('%j reads: %s', (act, text) => {
  expect(actText(act, names, say)).toBe(text);
});

test('an act is counted by its name, and known by what takes it back', () => {
  expect(nameOfAct({ addToGroup: { groups: ['g1'] } })).toBe('addToGroup');
  expect(countedAct('removeFromOrganization', '2 people', say)).toBe('remove 2 people from the organization');
  expect(countedAct('newer', '2 people', say)).toBe('newer: 2 people');
  expect(inverseOf('suspend')).toBe('restore');
  expect(inverseOf('removeFromOrganization')).toBeUndefined();
  expect(inverseOf('newer')).toBeUndefined();
});
