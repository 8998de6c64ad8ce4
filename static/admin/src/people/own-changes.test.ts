import { expect, test } from 'vitest';
import type { FieldDefinition, PersonFields } from '../../gen/types';
import { changesOf } from './own-changes';

const FIELDS: FieldDefinition[] = [
  { name: 'cost.center', kind: 'text', choices: [] },
  { name: 'ends', kind: 'date', choices: [] },
  { name: 'team', kind: 'choice', choices: ['red', 'blue'] },
];

const SAID: PersonFields = {
  account: '712020:kim',
  values: [
    ['cost.center', '4711'],
    ['team', 'red'],
  ],
  note: 'on leave',
};

test('what stays is not sent', () => {
  const answers = { field0: ' 4711 ', field1: '', field2: { value: 'red' }, note: 'on leave' };
  expect(changesOf(SAID, FIELDS, answers)).toEqual({ account: '712020:kim', values: [], note: null });
});

test('what is emptied is taken away, and what is new is set', () => {
  expect(changesOf(SAID, FIELDS, { field0: '', field1: '2027-01-31', field2: null, note: '' })).toEqual({
    account: '712020:kim',
    values: [
      ['cost.center', ''],
      ['ends', '2027-01-31'],
      ['team', ''],
    ],
    note: '',
  });
});
