import { afterEach, expect, test } from 'vitest';
import { PlatformClock } from './runtime/platform-clock.ts';

const machine = Date.now.bind(Date);
const dayMs = 86_400_000;
const days = (count: number) => new Date(machine() + count * dayMs).toISOString();

afterEach(() => {
  Date.now = machine;
});

test("the functions' clock is the platform's, runs on, and never goes back", () => {
  const clock = new PlatformClock();
  clock.install();
  const apart = () => Math.round((Date.now() - machine()) / 60_000) / 1440;
  expect(apart()).toBe(0);
  clock.passTo(undefined);
  expect(apart()).toBe(0);
  for (const [said, expected] of [
    [-8, -8],
    [-7, -7],
    [-9, -7],
    [0, 0],
    [2, 2],
  ] as const) {
    clock.passTo(days(said));
    expect(apart()).toBe(expected);
  }
});
