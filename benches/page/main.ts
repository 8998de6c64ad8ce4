/**
 * What the page takes with everybody in it: node benches/page/main.ts [--users 100000] [--quick]
 *
 * The built page in its frame, in Chromium (`make bundle page cloud`); writes target/bench/page.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Site } from '../../tests/e2e/site.ts';
import { median, rounded } from '../measure/runs.ts';
import { middleOf } from './figures.ts';
import { memoryOf } from './memory.ts';
import { openSite } from './scene.ts';
import { scroll } from './scrolling.ts';
import { sortColumns } from './sorting.ts';
import { startPage } from './start.ts';
import { typeWords } from './typing.ts';
import { openEverybody } from './window.ts';

const { values } = parseArgs({
  options: { users: { type: 'string', default: '100000' }, quick: { type: 'boolean', default: false } },
});
// However it ends, the children end with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const users = Number(values.users);
const rounds = values.quick ? 1 : 3;
const begun = performance.now();

/** How many processes wanted to run in the last minute: with more than there are cores, wall times say too much. */
const load = () => rounded(loadavg()[0] ?? 0);

const middle = <T>(measured: readonly T[], of: (each: T) => number): number => median(measured.map(of)) ?? 0;

/** The same several times over, one after the other. */
async function several<T>(what: (round: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let round = 1; round <= rounds; round += 1) all.push(await what(round));
  return all;
}

async function measureStart(site: Site): Promise<object> {
  const starts = await several(() => startPage(site));
  return {
    js_gzip: middle(starts, ({ js_gzip }) => js_gzip),
    js_files: middle(starts, ({ js_files }) => js_files),
    wasm_gzip: middle(starts, ({ wasm_gzip }) => wasm_gzip),
    first_paint_ms: middle(starts, ({ first_paint_ms }) => first_paint_ms),
    interactive_ms: middle(starts, ({ interactive_ms }) => interactive_ms),
  };
}

async function measureEverybody(site: Site): Promise<object> {
  const window = await openEverybody(site);
  const typing = middleOf(await several((round) => typeWords(window, round)));
  const sorting = middleOf(await several(() => sortColumns(window)));
  const scrolls = await several(() => scroll(window));
  return {
    everybody_ms: rounded(window.everybodyAfter),
    filter_100k_p95_ms: typing.p95,
    sort_100k_p95_ms: sorting.p95,
    scroll_fps: middle(scrolls, ({ fps }) => fps),
    scroll_longest_frame_ms: middle(scrolls, ({ longest_ms }) => longest_ms),
    ...(await memoryOf(window)),
    filter: typing,
    sort: sorting,
    scroll: scrolls,
  };
}

console.log(`The page with ${users} users`);
const site = await openSite(users);
try {
  const loadBefore = load();
  const figures = {
    users,
    rounds,
    ...(await measureStart(site)),
    ...(await measureEverybody(site)),
    load_average: { before: loadBefore, after: load() },
    bench_seconds: Math.round((performance.now() - begun) / 1000),
  };
  mkdirSync('target/bench', { recursive: true });
  writeFileSync('target/bench/page.json', `${JSON.stringify(figures, null, 1)}\n`);
  console.log(figures);
} finally {
  await site.close();
}
console.log('written: target/bench/page.json');
