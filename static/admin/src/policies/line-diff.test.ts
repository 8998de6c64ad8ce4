import { expect, test } from 'vitest';
import { lineDiff } from './line-diff';

const written = (before: string, after: string) =>
  lineDiff(before, after).map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`);

test('what is common stays, what changed stands twice', () => {
  expect(written('{\n  "a": 1,\n  "b": 2\n}\n', '{\n  "a": 1,\n  "b": 3\n}\n')).toEqual([
    ' {',
    '   "a": 1,',
    '-  "b": 2',
    '+  "b": 3',
    ' }',
  ]);
});

test('lines that came and lines that went', () => {
  expect(written('a\nb\nc', 'b\nc\nd')).toEqual(['-a', ' b', ' c', '+d']);
  expect(written('a', 'a')).toEqual([' a']);
});
