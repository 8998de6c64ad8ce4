import { expect, test } from 'vitest';
import type { ExemptionSubject } from '../../gen/types';
import { addressOf, peopleOf, subjectAt } from './subject-id';

test.each<ExemptionSubject>([
  { kind: 'domain', domain: '*.partner.example' },
  { kind: 'email', glob: 'bot-*@acme.example' },
  { kind: 'groupName', glob: 'all who stay *' },
])('the people whom %j shelters have an address', (subject) => {
  expect(subjectAt(addressOf(subject))).toEqual(subject);
  expect(peopleOf(subject)).toEqual({ page: 'people', filter: [['exemption', addressOf(subject)]] });
});

test('an address that names no exemption means none', () => {
  expect(subjectAt('tribe x')).toBeUndefined();
  expect(subjectAt('email')).toBeUndefined();
});
