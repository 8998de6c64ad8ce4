import { expect, test } from 'vitest';
import { changed } from './members';

const BEFORE = ['kim@acme.example', '712020:lee'];

test('who is added is on the list once', () => {
  expect(changed(BEFORE, ['Kim@acme.example', 'ann@acme.example', 'ann@acme.example'], 'add')).toEqual([
    'kim@acme.example',
    '712020:lee',
    'ann@acme.example',
  ]);
});

test('who is taken off is gone, however the address is written', () => {
  expect(changed(BEFORE, ['KIM@acme.example', 'nobody@acme.example'], 'takeOff')).toEqual(['712020:lee']);
});

test('a new list takes the place of the one before', () => {
  expect(changed(BEFORE, ['ann@acme.example'], 'replace')).toEqual(['ann@acme.example']);
});
