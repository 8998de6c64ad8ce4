import { expect, test } from 'vitest';
import type { Exemption } from '../../gen/types';
import { rowsOf } from './exemption-table';
import { foreseen } from './foreseen';

const NOW = '2026-11-22T12:00:00Z';

const exemption = (subject: Exemption['subject'], expires: string | null = null) =>
  ({ subject, expires }) as unknown as Exemption;

const FILE = `kind,subject,reason
domain,Partner.example,bought
domain,partner.example,bought twice
user,a1,on leave
user,a2,
group,g1,key people
robot,r2,beep
`;

test('what is there already, also further up in the file, stays as it is', () => {
  const { rows } = rowsOf(FILE);
  expect(foreseen(rows, [], NOW)).toEqual({ added: 3, known: [3], wrong: [5, 7] });
  const known = [exemption({ kind: 'user', account: 'a1' }), exemption({ kind: 'domain', domain: 'partner.example' })];
  expect(foreseen(rows, known, NOW)).toEqual({ added: 1, known: [2, 3, 4], wrong: [5, 7] });
});

test.each([
  ['2026-11-22T12:00:01Z', 2],
  ['2026-11-22T12:00:00Z', 3],
])('one that is over gives way: %s', (expires, added) => {
  const known = [exemption({ kind: 'user', account: 'a1' }, expires)];
  expect(foreseen(rowsOf(FILE).rows, known, NOW).added).toBe(added);
});
