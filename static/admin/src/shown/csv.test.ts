import { expect, test } from 'vitest';
import { csv } from './csv';

test.each([
  ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', '"\'\t=1"'],
  ['\n=1', '"\'\n=1"'],
  ['="x",1', '"\'=""x"",1"'],
  ['a=1', 'a=1'],
  ['a;b', '"a;b"'],
  ['', ''],
])('the cell %j is written as %j', (text, written) => {
  expect(csv([[text]])).toBe(`${written}\r\n`);
});

test('cells and rows stand in their order', () => {
  expect(csv([['a', 'b'], ['c']])).toBe('a,b\r\nc\r\n');
});
