import { expect, test } from 'vitest';
import { addressesIn, linesOf, type Addressee } from './addresses';

const people: Addressee[] = [
  { account: '712020:a', email: 'Ada@old.example' },
  { account: '712020:b', email: undefined },
];

test('a line begins with the present address, or with the account', () => {
  expect(linesOf(people)).toBe('Ada@old.example,\n712020:b,');
  expect(linesOf(people, '@new.example')).toBe('Ada@old.example, Ada@new.example\n712020:b,');
});

test('addresses go to whom their line names, in whatever order', () => {
  const read = addressesIn('712020:b; bob@new.example\n\nada@OLD.example\tada@new.example', people);
  expect(read).toEqual({ emails: ['ada@new.example', 'bob@new.example'], missing: 0, strangers: [] });
});

test('whoever has none is counted, and nothing is given then', () => {
  expect(addressesIn(linesOf(people, 'new.example'), people)).toEqual({ emails: undefined, missing: 1, strangers: [] });
});

test('whoever is not meant, or is named twice, is told', () => {
  const text = 'eve@old.example, eve@new.example\n712020:a, a@new.example\nada@old.example, b@new.example';
  expect(addressesIn(text, people)).toMatchObject({
    emails: undefined,
    missing: 1,
    strangers: ['eve@old.example', 'ada@old.example'],
  });
});

test('of one person the new address alone is enough, and the present one is not it', () => {
  const one = people.slice(0, 1);
  expect(addressesIn('new@new.example', one).emails).toEqual(['new@new.example']);
  expect(addressesIn('Ada@old.example,', one).emails).toBeUndefined();
});
