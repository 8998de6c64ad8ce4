import { expect, test } from 'vitest';
import { leastCalls, total } from './minimum.ts';
import { gigabyteSeconds, monthlyPrice } from '../bundle/price.ts';
import { mustBeAsked } from './truth.ts';

test('a price is made of time, reading and writing, thirty times a month', () => {
  const nothing = { gigabyteSeconds: 0, bytesRead: 0, bytesWritten: 0 };
  expect(monthlyPrice({ ...nothing, gigabyteSeconds: 450 })).toBeCloseTo(30 * 0.01125, 10);
  expect(monthlyPrice({ ...nothing, bytesRead: 2e9 })).toBeCloseTo(3.3, 10);
  expect(monthlyPrice({ ...nothing, bytesWritten: 20e6 })).toBeCloseTo(0.654, 10);
});

test('each invocation is billed at half a gigabyte for the milliseconds that it began', () => {
  expect(gigabyteSeconds([900])).toBe(450);
  expect(gigabyteSeconds([0.0001, 0.0001])).toBe(0.001);
  // 0.1 + 0.2 is a little more than 0.3, and must not be billed as 301 ms.
  expect(gigabyteSeconds([0.1 + 0.2])).toBe(0.15);
});

test('the fewest calls: pages, an empty one too, what each group grants, whom to ask, and constants', () => {
  const calls = leastCalls({ listed: [100, 101, 0], groups: 28, grantingGroups: 14, workspaces: 6, toAsk: 9 });
  expect(calls).toMatchObject({ users: 1 + 2 + 1, counts: 3, groups: 1, grants: 14, workspaces: 1, activity: 9 });
  expect(total(calls)).toBe(4 + 3 + 1 + 1 + 1 + 14 + 9 + 2);
});

test('only people who may be idle, and of whom an access is not said, must be asked', () => {
  const since = Date.parse('2026-08-22T00:00:00Z');
  const asked = (status: string | undefined, ...times: (string | undefined)[]) =>
    mustBeAsked(
      {
        accountId: 'a',
        ...(status && { status }),
        productAccess: times.map((lastActiveTimestamp) => ({ ...(lastActiveTimestamp && { lastActiveTimestamp }) })),
      },
      since,
    );
  expect(asked('active', undefined)).toBe(true);
  expect(asked('active', '2026-01-01T00:00:00Z', undefined)).toBe(true);
  expect(asked(undefined, undefined)).toBe(true);
  expect(asked('active', '2026-11-20T00:00:00Z', undefined)).toBe(false);
  expect(asked('active', '2026-01-01T00:00:00Z')).toBe(false);
  expect(asked('suspended', undefined)).toBe(false);
  expect(asked('active')).toBe(false);
});
