import { expect, test } from 'vitest';
import { inEnglish } from '../texts/in-english';
import { USUAL_REPORTS, fromText, reportsFacts, reportsOf } from './reports-text';

const groups = [{ id: 'g', name: 'it-admins' }];

test.each([
  [{}, 'nobody; it stands on this page'],
  [{ groups }, 'by mail: it-admins'],
  [{ people: ['712020:a', '712020:b'] }, 'by mail: 2 people'],
  [{ groups, people: ['712020:a'] }, 'by mail: it-admins and 1 person'],
  [{ groups, people: ['712020:a'], asComment: true }, 'whoever follows the issue, by a comment on it'],
  [{ asComment: true, alsoMail: true }, 'whoever follows the issue, by a comment on it'],
  [
    { groups, asComment: true, alsoMail: true },
    'by mail: it-admins; and whoever follows the issue, by a comment on it',
  ],
])('who is told with %j', (reports, expected) => {
  const [[, told] = []] = reportsFacts({ ...USUAL_REPORTS, ...reports }, inEnglish().say);
  expect(told).toBe(expected);
});

test.each([
  [null, null, 'never'],
  [90, null, 'from 90 % of a product’s seats on'],
  [null, 1, 'from 1 taken seat on'],
  [90, 400, 'from 90 % of a product’s seats on; from 400 taken seats on'],
])('seats are told from %j percent and %j taken ones on', (percent, used, expected) => {
  expect(fromText({ percent, used }, inEnglish().say)).toBe(expected);
});

test('whoever may approve is proposed where nobody said who is told', () => {
  const [approver = null] = groups;
  const notices = {
    issue: 'LIFE-1',
    contact: null,
    mostWarned: 250,
    keepDays: null,
    keepTimes: null,
    giveBack: null,
    tellRestored: false,
  };
  expect(reportsOf({ ...notices, reports: null }, { operator: null, approver }).groups).toEqual(groups);
  expect(reportsOf({ ...notices, reports: null }, { operator: null, approver: null }).groups).toEqual([]);
  expect(reportsOf({ ...notices, reports: USUAL_REPORTS }, { operator: null, approver }).groups).toEqual([]);
});
