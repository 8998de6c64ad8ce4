/**
 * The Users page without the page: a snapshot of 100,000 people as it is stored, loaded into the page's core in this process,
 * filtered sign by sign, put in order and shown (after `make core`).
 *
 *   node benches/roster.ts [users]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGlue } from '../static/admin/gen/core.js';
import type { RosterFilter } from '../static/admin/gen/types.ts';
import { NOW } from './data/activity.ts';
import { pagesFile } from './data/pages.ts';
import { NATIVE } from './native.ts';

const CORE = 'static/admin/gen/core_bg.wasm';
const USERS = Number(process.argv[2] ?? 100_000);
const ROUNDS = 5;
/** What a table of a tall screen paints. */
const SCREEN = 40;
/** What somebody types, sign by sign and back to nothing. */
const TYPED = ['anna', 'müller', 'smith acme', 'example.com', '712020', 'q', 'nobody at all'];
const FILTERS: [string, RosterFilter][] = [
  ['status', { status: ['active'] }],
  ['idle in a product', { products: ['jira-software'], activity: { kind: 'idle', days: 90 } }],
  ['unknown', { activity: { kind: 'unknown' } }],
  ['several', { status: ['active'], claim: ['managed'], activity: { kind: 'idle', days: 30 }, text: 'an' }],
];
const POLICY = JSON.stringify({
  version: 1,
  id: 'p',
  name: 'P',
  match: { all: [{ status: ['active'] }, { idle: { longerThan: '90d' } }, { not: { group: ['jira-admins*'] } }] },
  stages: [{ after: '0d', do: 'suspend' }],
});

function timed<T>(what: () => T): [T, number] {
  const start = performance.now();
  const value = what();
  return [value, performance.now() - start];
}

/** The time that so many of a hundred do not exceed. */
function percentile(times: number[], percent: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  const place = Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1);
  return Math.round((sorted[Math.max(place, 0)] ?? 0) * 10) / 10;
}

function folder(): string {
  const path = `target/bench/roster-${USERS}`;
  if (!existsSync(join(path, 'parts.json'))) execFileSync(NATIVE, ['chunks', pagesFile(USERS), NOW, path]);
  return path;
}

const from = folder();
const glue = createGlue(queueMicrotask);
const { memory } = glue.initSync({ module: new WebAssembly.Module(readFileSync(CORE)) });
const arriving = new glue.ArrivingRoster(readFileSync(join(from, 'parts.json'), 'utf8'));
let bytes = 0;
const names = arriving.names();
for (const name of names) {
  const chunk = readFileSync(join(from, name));
  bytes += chunk.byteLength;
  arriving.take(name, chunk);
}
const steps: number[] = [];
for (;;) {
  const [more, time] = timed(() => arriving.step());
  if (!more) break;
  steps.push(time);
}
const [roster, finish] = timed(() => arriving.finish());
const loaded = memory.buffer.byteLength;

const show = (filter: RosterFilter) => {
  roster.filter(JSON.stringify(filter));
  JSON.parse(roster.rows(0, SCREEN));
};
const keys: number[] = [];
const apart: Record<string, number> = {};
for (let round = 0; round < ROUNDS; round += 1) {
  for (const text of TYPED) {
    for (let length = 1; length <= text.length; length += 1) {
      keys.push(
        timed(() => {
          show({ text: text.slice(0, length) });
        })[1],
      );
    }
    for (let length = text.length - 1; length >= 0; length -= 1) {
      keys.push(
        timed(() => {
          show({ text: text.slice(0, length) });
        })[1],
      );
    }
  }
}
for (const [name, filter] of FILTERS) {
  apart[name] = percentile(
    Array.from({ length: ROUNDS }, () => {
      show({});
      return timed(() => {
        show(filter);
      })[1];
    }),
    95,
  );
}
show({});
const sorts: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  for (const column of ['name', 'lastSeen', 'email', 'added', 'status', 'products']) {
    for (const descending of [false, true])
      sorts.push(
        timed(() => {
          roster.sort(column, descending);
        })[1],
      );
  }
}
const rows = Array.from(
  { length: 200 },
  (_, place) => timed(() => JSON.parse(roster.rows(place * 400, SCREEN)) as unknown)[1],
);
const several = (what: () => unknown) =>
  percentile(
    Array.from({ length: ROUNDS }, () => timed(what)[1]),
    95,
  );
console.log(
  JSON.stringify(
    {
      users: roster.people,
      chunks: names.length,
      stored_mb: Math.round(bytes / 1e4) / 100,
      load_ms: Math.round(steps.reduce((sum, time) => sum + time, 0) + finish),
      load_step_longest_ms: percentile(steps, 100),
      finish_ms: Math.round(finish),
      filter_p50_ms: percentile(keys, 50),
      filter_p95_ms: percentile(keys, 95),
      filter_longest_ms: percentile(keys, 100),
      filters_p95_ms: apart,
      sort_p95_ms: percentile(sorts, 95),
      rows_p95_ms: percentile(rows, 95),
      facets_ms: several(() => JSON.parse(roster.facets(200))),
      preview_ms: several(() => JSON.parse(roster.preview(POLICY, 10))),
      csv_2000_ms: several(() => roster.csv(0, 2_000)),
      memory_loaded_mb: Math.round(loaded / 1e5) / 10,
      memory_mb: Math.round(memory.buffer.byteLength / 1e5) / 10,
    },
    undefined,
    2,
  ),
);
