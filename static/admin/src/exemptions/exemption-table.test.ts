import { expect, test } from 'vitest';
import type { Exemption } from '../../gen/types';
import { refusedTable, rowsOf, tableOf } from './exemption-table';
import { readTable } from './read-table';

const exemption = (fields: Partial<Exemption>): Exemption =>
  ({ name: null, reason: 'on leave', owner: null, expires: null, policies: [], ...fields }) as Exemption;

test('what is exported is what can be read back', () => {
  const table = tableOf([
    exemption({ subject: { kind: 'user', account: '712020:a' }, name: '=Doe, "Jo"', owner: '712020:b' }),
    exemption({
      subject: { kind: 'email', glob: 'svc-*@example.com' },
      reason: '-5, says ops',
      expires: '2027-03-01T23:59:59Z',
      policies: ['idle', 'guests'],
    }),
  ]);
  const terms = { command: 'addExemption', policies: null, owner: null, expires: null };
  expect(rowsOf(table).rows.map(({ line, order }) => ({ line, order }))).toEqual([
    {
      line: 2,
      order: { ...terms, subject: { kind: 'user', account: '712020:a' }, reason: 'on leave', owner: '712020:b' },
    },
    {
      line: 3,
      order: {
        ...terms,
        subject: { kind: 'email', glob: 'svc-*@example.com' },
        reason: '-5, says ops',
        expires: '2027-03-01',
        policies: ['idle', 'guests'],
      },
    },
  ]);
});

test('a row that says no exemption says why, and a file without the columns is none', () => {
  const { rows } = rowsOf('kind;subject;reason\ntribe;x;y\nuser;;y\n\nDOMAIN;example.com;\n');
  expect(rows.map(({ line, order }) => [line, order])).toEqual([
    [2, 'kind'],
    [3, 'subject'],
    [5, 'reason'],
  ]);
  expect(rowsOf('who,why\na,b\n')).toEqual({ rows: [], lacks: ['kind', 'subject', 'reason'] });
  expect(rowsOf('').lacks).toHaveLength(3);
});

test('a cell may hold separators, quotes and line ends', () => {
  expect(readTable('\uFEFFa,"b, ""c""\r\nd"\r\ne,f')).toEqual([
    { line: 1, cells: ['a', 'b, "c"\r\nd'] },
    { line: 3, cells: ['e', 'f'] },
  ]);
});

test('what was refused comes back with the reason, to be read again', () => {
  const [row] = rowsOf('kind,subject,reason\nuser,712020:x,leave\n').rows;
  if (!row) throw new Error('there is a row');
  const table = refusedTable([{ row, why: 'no such person' }]);
  expect(table).toContain('no such person');
  expect(rowsOf(table).rows[0]?.order).toEqual(row.order);
});
