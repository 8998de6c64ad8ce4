import { expect, test } from 'vitest';
import type { Acceptance, SnapshotSummary, SuspicionCode } from '../../gen/types';
import { openSuspicions } from './open-suspicions';

const accepted: Acceptance = { by: 'a', at: '2026-11-21T08:00:00Z', reason: 'plant holidays' };

test.each<[SuspicionCode[], Acceptance | null, SuspicionCode[]]>([
  [[], null, []],
  [['users', 'jump'], null, ['users', 'jump']],
  [['jump'], accepted, []],
  [['users', 'jump', 'activity'], accepted, ['users', 'activity']],
])('of %j, accepted or not, %# stays open', (codes, acceptance, open) => {
  const suspicions = codes.map((code) => ({ code, text: code }));
  const snapshot = { suspicions, accepted: acceptance } as SnapshotSummary;
  expect(openSuspicions(snapshot).map(({ code }) => code)).toEqual(open);
});
