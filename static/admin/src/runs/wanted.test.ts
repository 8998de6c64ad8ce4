import { expect, test } from 'vitest';
import type { Run } from '../../gen/types';
import { asksForAll, filterOf, isWanted, wantedOf } from './wanted';

const run = (fields: Partial<Run>): Run =>
  ({ state: 'done', dry: false, undoes: null, policy: { id: 'idle' }, ...fields }) as Run;

test('an address names states, kinds and a policy, and what no run can be is left out', () => {
  const wanted = wantedOf([
    ['state', 'held'],
    ['state', 'sleeping'],
    ['state', 'awaiting-approval'],
    ['kind', 'byHand'],
    ['policy', 'idle'],
    ['colour', 'red'],
  ]);
  expect(wanted).toEqual({ states: ['held', 'awaiting-approval'], kinds: ['byHand'], policy: 'idle' });
  expect(wantedOf(filterOf(wanted))).toEqual(wanted);
  expect(asksForAll(wanted)).toBe(false);
  expect(asksForAll(wantedOf([['colour', 'red']]))).toBe(true);
});

test('a run is shown where it is of a state, of a kind and of the policy that are asked for', () => {
  const held = wantedOf([['state', 'held']]);
  expect(isWanted(run({ state: 'held' }), held)).toBe(true);
  expect(isWanted(run({}), held)).toBe(false);
  const byHand = wantedOf([['kind', 'byHand']]);
  expect(isWanted(run({ byHand: 'asked for it' }), byHand)).toBe(true);
  expect(isWanted(run({}), byHand)).toBe(false);
  expect(isWanted(run({}), wantedOf([['policy', 'other']]))).toBe(false);
  expect(isWanted(run({}), wantedOf([]))).toBe(true);
});
