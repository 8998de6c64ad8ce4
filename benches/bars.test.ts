import { expect, test } from 'vitest';
import { bars, judge } from '../scripts/bench/bars.ts';

const outcome = (summary: unknown, path: string) => judge(summary).find((bar) => bar.path === path)?.outcome;

test('a bar is met, missed, or not measured', () => {
  for (const [figure, expected] of [
    [1.99, 'missed'],
    [2, 'met'],
  ] as const) {
    expect(outcome({ ingest: { ratio_parse: figure } }, 'ingest.ratio_parse')).toBe(expected);
  }
  for (const [figure, expected] of [
    [700_000, 'met'],
    [700_001, 'missed'],
  ] as const) {
    expect(outcome({ snapshot: { daily_changed_bytes_100k: figure } }, 'snapshot.daily_changed_bytes_100k')).toBe(
      expected,
    );
  }
  expect(judge({}).map((bar) => bar.outcome)).toEqual(bars.map(() => 'not measured'));
});
