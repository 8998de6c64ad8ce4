import { expect, test } from 'vitest';
import { listedIn } from './listed';

test('an export with names and headings is read for its addresses and ids', () => {
  const text = 'Name,E-mail,Account id\r\n"Kim Jones",kim@acme.example,712020:0f0e-1\r\n';
  expect(listedIn(text)).toEqual({ members: ['kim@acme.example', '712020:0f0e-1'], others: 6 });
});

test('older ids are ids too', () => {
  expect(listedIn('5b10ac8d82e05b22cc7d4ef5 <kim@acme.example>; robin').members).toEqual([
    '5b10ac8d82e05b22cc7d4ef5',
    'kim@acme.example',
  ]);
});

test('an empty text names nobody', () => {
  expect(listedIn(' \n')).toEqual({ members: [], others: 0 });
});
