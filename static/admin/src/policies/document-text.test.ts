import { expect, test } from 'vitest';
import type { Policy } from '../../gen/types';
import { documentText } from './document-text';

/** As it comes from the app: fields that are not set are not there. */
const policy = {
  tolerance: '24h',
  stages: [{ after: '0d', do: 'suspend' }],
  name: 'Idle "contractors"',
  match: {
    all: [
      { status: ['active'] },
      { idle: { longerThan: '90d' } },
      { emailDomain: Array.from({ length: 12 }, (_, index) => `agency-${index}.example`) },
    ],
  },
  limits: { users: 25, percent: 5 },
  id: 'idle-contractors',
  enabled: true,
  version: 1,
} as unknown as Policy;

test('a policy is written in reading order, short parts on one line', () => {
  const text = documentText(policy);
  expect(JSON.parse(text)).toEqual(policy);
  expect(text.split('\n').slice(0, 6)).toEqual([
    '{',
    '  "version": 1,',
    '  "id": "idle-contractors",',
    '  "name": "Idle \\"contractors\\"",',
    '  "enabled": true,',
    '  "match": {',
  ]);
  expect(text).toContain('\n      { "idle": { "longerThan": "90d" } },\n');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('fields that a newer core knows are kept, last', () => {
  const newer = { ...policy, confirm: { readings: 2 } } as Policy;
  expect(JSON.parse(documentText(newer))).toEqual(newer);
  expect(documentText(newer).trimEnd().split('\n').at(-2)).toContain('confirm');
});
