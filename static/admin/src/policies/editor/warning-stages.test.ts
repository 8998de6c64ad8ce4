import { expect, test } from 'vitest';
import type { Json } from '../json';
import { remindersFor, warningStages } from './warning-stages';

test.each<[Json, number[]]>([
  [
    [{ do: 'warn' }, { do: 'suspend' }, { do: ['warn', 'rename'] }],
    [0, 2],
  ],
  [[{ do: 'suspend' }, 'warn', null], []],
  ['warn', []],
  // One by itself is read as a list of one.
  [{ do: 'warn' }, [0]],
])('the stages that warn of %j', (stages, expected) => {
  expect(warningStages({ stages })).toEqual(expected);
});

const warn = (after: string) => ({ after, do: 'warn' });
const suspend = (after: string) => ({ after, do: 'suspend' });

test.each<[string, Json[], number, Json[] | undefined]>([
  ['all three', [warn('0d'), suspend('30d')], 0, [warn('0d'), warn('16d'), warn('23d'), warn('29d'), suspend('30d')]],
  ['those after the warning', [warn('0d'), suspend('8d')], 0, [warn('0d'), warn('1d'), warn('7d'), suspend('8d')]],
  [
    'those that are missing',
    [warn('0d'), warn('7d'), suspend('14d')],
    0,
    [warn('0d'), warn('7d'), warn('13d'), suspend('14d')],
  ],
  ['none where all are there', [warn('0d'), warn('6d'), suspend('7d')], 0, undefined],
  ['none for a reminder', [warn('0d'), warn('1d'), suspend('30d')], 1, undefined],
  ['none where nothing follows', [warn('0d')], 0, undefined],
  ['none in months', [warn('0d'), suspend('1mo')], 0, undefined],
  ['none for what does more than warn', [{ after: '0d', do: ['warn', 'rename'] }, suspend('30d')], 0, undefined],
  ['none for what only takes', [suspend('0d'), suspend('30d')], 0, undefined],
])('reminders: %s', (_, stages, at, expected) => {
  expect(remindersFor(stages, at)?.stages).toEqual(expected);
});

test('a reminder says what the warning says', () => {
  const said = { ...warn('0d'), template: 'A\nb' };
  expect(remindersFor([said, suspend('2d')], 0)).toEqual({
    days: [1],
    stages: [said, { ...said, after: '1d' }, suspend('2d')],
  });
});
