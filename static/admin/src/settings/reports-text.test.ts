import { expect, test } from 'vitest';
import { inEnglish } from '../texts/in-english';
import { USUAL_REPORTS, reportsFacts } from './reports-text';

const groups = [{ id: 'g', name: 'it-admins' }];

test.each([
  [{}, 'nobody; it stands on this page'],
  [{ groups }, 'by mail: it-admins'],
  [{ people: ['712020:a', '712020:b'] }, 'by mail: 2 people'],
  [{ groups, people: ['712020:a'] }, 'by mail: it-admins and 1 person'],
  [{ groups, people: ['712020:a'], asComment: true }, 'whoever follows the issue, by a comment on it'],
])('who is told with %j', (reports, expected) => {
  const [[, told] = []] = reportsFacts({ ...USUAL_REPORTS, ...reports }, inEnglish().say);
  expect(told).toBe(expected);
});
