import { describe, expect, test } from 'vitest';
import type { FieldDefinition } from '../../../gen/types';
import { addressesIn, orderOf, valuesIn } from './value-table';

const FIELDS: FieldDefinition[] = [
  { name: 'cost center', kind: 'text', choices: [] },
  { name: 'contract ends', kind: 'date', choices: [] },
  { name: 'team', kind: 'choice', choices: ['red', 'blue'] },
];

const FILE = [
  'Email,Account,Cost Center,contract ends,team,shoe size,note',
  ',712020:kim,4711,2027-01-31,red,44,on leave',
  'Robin@acme.example,,0815,,,,',
  'nobody@acme.example,,1,,,,',
  ',712020:lee,,31.1.2027,,,',
  ',712020:max,,,green,,',
  ',,1,,,,',
  ',712020:ann,,,,,',
].join('\r\n');

const table = () => {
  const read = valuesIn(FILE, FIELDS);
  if (!read) throw new Error('the file was not read');
  return read;
};

describe('a file with values', () => {
  test('names its columns as the fields are called, in any case, and says which it does not know', () => {
    expect(table().columns).toEqual(['cost center', 'contract ends', 'team', 'note']);
    expect(table().ignored).toEqual(['shoe size']);
    expect(addressesIn(table().rows)).toEqual(['robin@acme.example', 'nobody@acme.example']);
  });

  test('without a column that says who is none', () => {
    expect(valuesIn('name,team\r\nkim,red', FIELDS)).toBeUndefined();
  });

  test('sets what is filled in, and says why a row sets nothing', () => {
    const accounts = new Map([['robin@acme.example', '712020:robin']]);
    expect(table().rows.map((row) => orderOf(row, accounts, false))).toEqual([
      {
        account: '712020:kim',
        values: [
          ['cost center', '4711'],
          ['contract ends', '2027-01-31'],
          ['team', 'red'],
        ],
        note: 'on leave',
      },
      { account: '712020:robin', values: [['cost center', '0815']], note: null },
      { flaw: 'nobody' },
      { flaw: 'date', column: 'contract ends' },
      { flaw: 'choice', column: 'team' },
      { flaw: 'who' },
      { flaw: 'nothing' },
    ]);
  });

  test('takes away where it is empty only if it is said so', () => {
    const last = table().rows.at(-1);
    expect(last && orderOf(last, new Map(), true)).toEqual({
      account: '712020:ann',
      values: [
        ['cost center', ''],
        ['contract ends', ''],
        ['team', ''],
      ],
      note: '',
    });
  });
});
