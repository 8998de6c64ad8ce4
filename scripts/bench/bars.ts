/** What the figures are asked to reach, and whether they do. */
import { budget } from '../build/budget.ts';

interface Bar {
  /** Where the figure stands in the summary. */
  path: string;
  wanted: { atLeast: number } | { atMost: number };
  /** What it is about, in a few words. */
  what: string;
}

const large = 'evaluate.1000000.20';
const sync = 'sync.100000';
const run = 'run.10000';

export const bars: readonly Bar[] = [
  {
    path: `${large}.ratio_closures`,
    wanted: { atLeast: 50 },
    what: 'times as fast as closures over people as received',
  },
  { path: `${large}.ratio_prepared`, wanted: { atLeast: 10 }, what: 'times as fast as closures over prepared people' },
  { path: `${large}.ratio_sqljs`, wanted: { atLeast: 20 }, what: 'times as fast as SQLite in wasm' },
  { path: `${large}.wasm_over_native`, wanted: { atMost: 1.5 }, what: 'times as long as without wasm' },
  { path: 'ingest.ratio_parse', wanted: { atLeast: 2 }, what: 'times as fast as JSON.parse alone' },
  { path: 'ingest.ratio', wanted: { atLeast: 3 }, what: 'times as fast as JSON.parse and columns in JavaScript' },
  { path: 'snapshot.bytes_per_user', wanted: { atMost: 64 }, what: 'bytes stored for each user' },
  { path: 'snapshot.activity_bytes_per_access', wanted: { atMost: 3.5 }, what: 'of them for each access' },
  { path: 'snapshot.daily_changed_bytes_100k', wanted: { atMost: 700_000 }, what: 'bytes written for a normal day' },
  { path: 'memory.peak_mb_1m', wanted: { atMost: 200 }, what: 'MB of wasm memory for a million users' },
  ...['first', 'next_day'].map((reading) => ({
    path: `${sync}.${reading}.calls_over_minimum`,
    wanted: { atMost: 1.02 },
    what: 'times the fewest calls',
  })),
  {
    path: `${sync}.first.calls_over_minimum`,
    wanted: { atLeast: 1 },
    what: 'times the fewest calls: less leaves something out',
  },
  ...['first', 'next_day', 'next_day_faults'].map((reading) => ({
    path: `${sync}.${reading}.peak_mb`,
    wanted: { atMost: 256 },
    what: 'MB of the function, Node and all',
  })),
  {
    path: `${sync}.next_day.kvs_written_bytes`,
    wanted: { atMost: 1_500_000 },
    what: 'bytes written by a daily reading',
  },
  { path: `${sync}.same_after_faults`, wanted: { atLeast: 1 }, what: 'the same with one call in ten failing' },
  { path: 'sync.at_limit.over_minimum', wanted: { atMost: 1.1 }, what: 'times as long as the API’s limit makes it' },
  { path: `${run}.actions`, wanted: { atLeast: 10_000 }, what: 'people suspended in one run' },
  { path: `${run}.calls_per_action`, wanted: { atMost: 1.05 }, what: 'calls for each, both readings included' },
  {
    path: `${run}.seconds_over_limit_bound`,
    wanted: { atMost: 1.05 },
    what: 'times as long as the API’s limit makes it',
  },
  { path: `${run}.kvs_written_bytes_per_action`, wanted: { atMost: 2_000 }, what: 'bytes written for each' },
  { path: `${run}.wrongs`, wanted: { atMost: 0 }, what: 'people lost or doubled, or entries that do not fit' },
  { path: 'page.js_gzip', wanted: { atMost: 350 * 1024 }, what: 'bytes of JavaScript before the overview is there' },
  { path: 'page.first_paint_ms', wanted: { atMost: 1_500 }, what: 'ms to the first content, processor slowed 4 times' },
  { path: 'page.filter_100k_p95_ms', wanted: { atMost: 50 }, what: 'ms from a keystroke to the painted people' },
  { path: 'page.scroll_longest_frame_ms', wanted: { atMost: 50 }, what: 'ms for the longest frame of scrolling' },
  { path: 'page.heap_mb_100k', wanted: { atMost: 250 }, what: 'MB that the page holds' },
  { path: 'wasm.raw', wanted: { atMost: budget.page.raw }, what: 'bytes of the page’s core' },
  { path: 'wasm.gzip', wanted: { atMost: budget.page.gzip }, what: 'bytes of the page’s core, gzipped' },
  { path: 'wasm.function.raw', wanted: { atMost: budget.function.raw }, what: 'bytes of the functions’ core' },
  {
    path: 'wasm.function.gzip',
    wanted: { atMost: budget.function.gzip },
    what: 'bytes of the functions’ core, gzipped',
  },
];

export type Outcome = 'met' | 'missed' | 'not measured';

export interface Judged {
  path: string;
  figure: number | undefined;
  outcome: Outcome;
  line: string;
}

/** Holds every bar against the summary's figure. */
export function judge(summary: unknown): Judged[] {
  return bars.map(({ path, wanted, what }) => {
    const figure = find(summary, path.split('.'));
    const outcome = outcomeOf(figure, wanted);
    const limit = 'atLeast' in wanted ? `at least ${wanted.atLeast}` : `at most ${wanted.atMost}`;
    return {
      path,
      figure,
      outcome,
      line: `${outcome.padEnd(12)}  ${String(figure ?? '–').padStart(9)}  ${limit} ${what} (${path})`,
    };
  });
}

function outcomeOf(figure: number | undefined, wanted: Bar['wanted']): Outcome {
  if (figure === undefined) return 'not measured';
  const met = 'atLeast' in wanted ? figure >= wanted.atLeast : figure <= wanted.atMost;
  return met ? 'met' : 'missed';
}

function find(value: unknown, path: readonly string[]): number | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return typeof value === 'number' ? value : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  return find((value as Record<string, unknown>)[name], rest);
}
