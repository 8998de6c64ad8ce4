import { expect, test } from 'vitest';
import type { Run } from '../../gen/types';
import { Failure } from '../failure';
import type { Call } from '../protocol';
import { aboutRun, MOST_PARTS, MOST_RUNS, runsOfPeriod } from './runs-of-period';

const PERIOD = { from: '2026-11-01T00:00:00Z', to: '2026-11-30T00:00:00Z' };

/** A run as far as it matters here. */
const run = (id: string, parts = 1, now = '2026-11-02T00:00:00Z') =>
  ({ id, now, policy: { id: 'idle', revision: 3 }, plan: { parts, snapshot: 's1' } }) as unknown as Run;

const notFound = () => Promise.reject(new Failure({ code: 'not-found', message: 'it is gone' }));

interface App {
  runs: Run[];
  /** The time of the first entry, where some were cut. */
  first?: string;
}

/** The app's answers, and which of the runs its log tells of. */
function app({ runs, first }: App): Call {
  const time = first ?? PERIOD.from;
  return ((command: { command: string; run?: string; policy?: string; revision?: number }) => {
    switch (command.command) {
      case 'anchors':
        return Promise.resolve({ anchors: [], cut: first ? { seq: 5, hash: '' } : null });
      case 'logSlice':
        return Promise.resolve({ entries: [{ seq: 6, entry: JSON.stringify({ time }), hash: '' }], cursor: null });
      case 'policyVersion':
        return command.revision === 3
          ? Promise.resolve({ document: '{"id":"idle"}', description: '', chosen: ['a'] })
          : notFound();
      default: {
        const found = runs.find(({ id }) => id === command.run);
        return found ? Promise.resolve(found) : notFound();
      }
    }
  }) as Call;
}

const named = (...ids: string[]) => ({ runsAtWork: () => ids });

test('what the app does not hold any more is left out', async () => {
  const found = await runsOfPeriod(app({ runs: [run('a')] }), named('a', 'b'), PERIOD);
  expect(found.runs.map(({ id }) => id)).toEqual(['a']);
  expect(found.leftOut).toEqual([{ run: 'b', why: 'gone' }]);
});

test('a run whose first entries were cut is left out', async () => {
  const runs = [run('a', 1, '2026-10-01T00:00:00Z'), run('b')];
  const found = await runsOfPeriod(app({ runs, first: '2026-10-15T00:00:00Z' }), named('a', 'b'), PERIOD);
  expect(found.runs.map(({ id }) => id)).toEqual(['b']);
  expect(found.leftOut).toEqual([{ run: 'a', why: 'cut' }]);
});

test('more runs, or larger plans, than one bundle holds are left out', async () => {
  const many = Array.from({ length: MOST_RUNS + 2 }, (_, at) => run(`r${String(at)}`));
  const found = await runsOfPeriod(app({ runs: many }), named(...many.map(({ id }) => id)), PERIOD);
  expect([found.runs.length, found.leftOut.length]).toEqual([MOST_RUNS, 2]);
  const large = [run('a', MOST_PARTS - 1), run('b', 2), run('c', 1)];
  const fitting = await runsOfPeriod(app({ runs: large }), named('a', 'b', 'c'), PERIOD);
  expect(fitting.runs.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(fitting.leftOut).toEqual([{ run: 'b', why: 'tooMany' }]);
});

test("a run comes with the revision of its policy, and with a reading's coverage if it is the one of its plan", async () => {
  const call = app({ runs: [] });
  type Snapshot = Parameters<typeof aboutRun>[2];
  const reading = (id: string) => ({ id, coverage: { people: 1 } }) as unknown as Snapshot;
  expect(await aboutRun(call, run('a'), reading('s1'))).toEqual({
    run: run('a'),
    policy: { id: 'idle' },
    chosen: ['a'],
    coverage: { people: 1 },
  });
  const gone = { ...run('a'), policy: { id: 'idle', revision: 9 } } as Run;
  expect(await aboutRun(call, gone, reading('s2'))).toEqual({ run: gone });
});
