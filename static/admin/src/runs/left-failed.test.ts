import { expect, test } from 'vitest';
import type { Run, RunState } from '../../gen/types';
import { leftFailed } from './left-failed';

const run = (id: string, state: RunState, failed: number, fields: Partial<Run> = {}): Run =>
  ({ id, state, dry: false, undoes: null, undoneBy: [], policy: { id: 'idle' }, counts: { failed }, ...fields }) as Run;

const left = (runs: Run[]): string[] => leftFailed(runs).map(({ id }) => id);

const undoing = (steps: number[]): Partial<Run> => ({ undoes: { run: 'r1', steps, reason: 'back from leave' } });

test.each<RunState>(['done-with-failures', 'stopped', 'aborted'])('a run that ended %s left its failures', (state) => {
  expect(left([run('r', state, 2)])).toEqual(['r']);
  expect(left([run('r', state, 0)])).toEqual([]);
});

test('a run that is at work or waits is not over, and one that was taken back is settled', () => {
  expect(left([run('a', 'executing', 1), run('b', 'awaiting-approval', 1)])).toEqual([]);
  expect(left([run('r', 'stopped', 1, { undoneBy: ['u'] })])).toEqual([]);
});

test('another try that went through settles it; a dry run, a failed one and an earlier one do not', () => {
  const failed = run('failed', 'stopped', 3);
  expect(left([run('again', 'done', 0), failed])).toEqual([]);
  expect(left([run('dry', 'previewed', 0, { dry: true }), failed])).toEqual(['failed']);
  expect(left([run('worse', 'done-with-failures', 1), failed])).toEqual(['worse', 'failed']);
  expect(left([failed, run('before', 'done', 0)])).toEqual(['failed']);
  expect(left([run('other', 'done', 0, { policy: { id: 'leavers' } as Run['policy'] }), failed])).toEqual(['failed']);
});

test('what was done by hand is settled by no run that can be told', () => {
  const failed = run('failed', 'stopped', 1, { byHand: 'asked for it' });
  expect(left([run('again', 'done', 0, { byHand: 'once more' }), failed])).toEqual(['failed']);
});

test('an undo is settled by another one of the same people', () => {
  const failed = run('failed', 'done-with-failures', 1, undoing([3, 4]));
  expect(left([run('all', 'done', 0, undoing([])), failed])).toEqual([]);
  expect(left([run('both', 'done', 0, undoing([4, 3, 9])), failed])).toEqual([]);
  expect(left([run('one', 'done', 0, undoing([3])), failed])).toEqual(['failed']);
  expect(left([run('policy', 'done', 0), failed])).toEqual(['failed']);
});
