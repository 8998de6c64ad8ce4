import { expect, test } from 'vitest';
import type { NamedPerson, Run } from '../../gen/types';
import { againOf } from './again';

const run = (fields: Partial<Run>): Run =>
  ({ state: 'done-with-failures', dry: false, undoes: null, policy: { id: 'idle' }, ...fields }) as Run;
const person = (fields: Partial<NamedPerson>): NamedPerson =>
  ({ account: 'a', fate: 'failed', acts: ['suspend'], ...fields }) as NamedPerson;

test('after failures the policy runs again; without any, or while it works, nothing does', () => {
  expect(againOf(run({}), [person({}), person({ fate: 'verified' })])).toMatchObject({ way: 'policy', policy: 'idle' });
  expect(againOf(run({}), [person({ fate: 'verified' })])).toBeUndefined();
  expect(againOf(run({ state: 'executing' }), [person({})])).toBeUndefined();
  expect(againOf(run({ state: 'previewed', dry: true }), [person({})])).toBeUndefined();
});

test('what was done by hand is tried by hand, where one errand says it', () => {
  const byHand = run({ byHand: 'asked for it' });
  expect(againOf(byHand, [person({})])).toMatchObject({
    way: 'byHand',
    errand: { stage: { stage: '{"after":"0d","do":"suspend"}' } },
    takesAccess: true,
  });
  const acts = [{ setEmail: { to: 'x', from: 'y' } }];
  expect(againOf(byHand, [person({ acts, newEmail: 'new@example.com' })])).toMatchObject({
    errand: { setEmail: { emails: ['new@example.com'] } },
    takesAccess: false,
  });
  expect(againOf(byHand, [person({ acts })])).toMatchObject({ way: 'choose' });
  expect(againOf(byHand, [person({}), person({ acts: ['revokeTokens'] })])).toMatchObject({ way: 'choose' });
});

test('an undo, and its dry run, is followed by taking the same run back', () => {
  const undoes = { run: 'r1', steps: [3], reason: 'back from leave' };
  expect(againOf(run({ state: 'previewed', dry: true, undoes }), [])).toMatchObject({
    way: 'undo',
    run: 'r1',
    steps: [3],
    preview: true,
  });
  expect(againOf(run({ undoes }), [person({})])).toMatchObject({ way: 'undo', preview: false });
  expect(againOf(run({ state: 'done', undoes }), [])).toBeUndefined();
});
