import { expect, test } from 'vitest';
import { accountInSubject, accountOf, newestFirst } from './entry';

test.each([
  ['5b10a2844c20165700ede21g', '5b10a2844c20165700ede21g'],
  ['712020:0e2a1f6c-7a0b', '712020:0e2a1f6c-7a0b'],
  ['group:41dee18f', undefined],
  ['group-name:vip-*', undefined],
  ['domain:partner.example', undefined],
  ['email:svc-*@acme.example', undefined],
])('the subject %s is the account %s', (subject, account) => {
  expect(accountInSubject(subject)).toBe(account);
});

test.each([
  ['person:712020:0e2a1f6c', '712020:0e2a1f6c'],
  ['link:712020:0e2a1f6c', '712020:0e2a1f6c'],
  ['log-in:712020:0e2a1f6c', '712020:0e2a1f6c'],
  ['schedule', undefined],
])('the actor %s is the account %s', (actor, account) => {
  expect(accountOf(actor)).toBe(account);
});

test('entries of several pages stand in the order of the log, each once', () => {
  const numbered = (seq: number) => ({ seq, entry: '{}', hash: '' });
  const shown = newestFirst([9, 8, 4, 7, 4, 2].map(numbered));
  expect(shown.map(({ seq }) => seq)).toEqual([9, 8, 7, 4, 2]);
});
