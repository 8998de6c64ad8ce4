/**
 * How long a policy takes to decide on everybody, by this engine and by everything it is measured against, in one run
 * and in turns, so that a busy machine is busy for all of them. Everybody's verdict must be the same every time.
 *
 * The engine holds the whole organization. Parsed people of a million users would not fit beside it, so the baselines in
 * JavaScript decide them 100,000 at a time: pages are parsed and people prepared before the clock starts, and the times
 * of all batches are added up. Compiling the policy is timed with its evaluation for all of them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { closures, decideAll } from '../baselines/closures.ts';
import { People } from '../baselines/prepared.ts';
import { rulesEngine } from '../baselines/rules-engine.ts';
import { SqlDirectory } from '../baselines/sql.ts';
import { NOW } from '../data/activity.ts';
import type { ApiUser } from '../data/api-user.ts';
import { readBatches, readPages } from '../data/pages.ts';
import { type Directory, decide, freshDirectory, verdictsOf } from '../engine.ts';
import { Native } from '../native.ts';
import { POLICIES } from '../policies/index.ts';
import { type Verdicts, fingerprint, requireEqual } from '../verdicts.ts';
import { type Times, figures } from './figures.ts';
import { collectGarbage, timed, timedOften, timedAsync } from './runs.ts';

/** How many people the baselines hold at a time. */
const BATCH = 100_000;

export interface Plan {
  users: number;
  runs: number;
  /** In how many of the runs the slow ones take part, and on which policies. */
  rulesEngine: { runs: number; conditions: readonly number[] };
  sql: { runs: number; conditions: readonly number[] };
}

/** A policy, what it came out as, and everybody's times. */
interface Case {
  conditions: number;
  policy: (typeof POLICIES)[number]['policy'];
  document: string;
  file: string;
  verdicts: Verdicts;
  times: Times;
}

/** Milliseconds and ratios by number of conditions, and the wasm memory it took, in bytes. */
export async function measureEvaluation(
  plan: Plan,
  file: string,
): Promise<{ figures: Record<string, unknown>; memory: number }> {
  const { directory, memory } = freshDirectory();
  for (const page of readPages(file)) directory.addPage(page);
  if (directory.users !== plan.users) throw new Error(`${plan.users} people came and ${directory.users} are there`);
  const native = await Native.start(file);
  const sql = plan.sql.runs > 0 ? await filledDatabase(file) : undefined;
  const cases = POLICIES.map((policy) => newCase(policy, plan.users));
  warmUp(directory, file, cases);
  for (let run = 0; run < plan.runs; run += 1) {
    for (const each of cases) {
      collectGarbage();
      const { ms, value } = timedOften(() => decide(directory, each.document));
      each.times.wasm.push(ms);
      each.verdicts = verdictsOf(directory, value);
      await measureNative(native, each);
      if (sql && run < plan.sql.runs && plan.sql.conditions.includes(each.conditions)) measureSql(sql, each);
    }
    const slow = run < plan.rulesEngine.runs ? plan.rulesEngine.conditions : [];
    await measureBaselines(file, cases, slow);
    console.log(`  run ${run + 1} of ${plan.runs} on ${plan.users} users`);
  }
  sql?.close();
  native.stop();
  const entries = cases.map(({ conditions, times }) => [conditions, figures(times)] as const);
  return { figures: Object.fromEntries(entries), memory: memory.buffer.byteLength };
}

/** Engines of JavaScript and wasm translate what they run often: everybody's first runs are not counted. */
function warmUp(directory: Directory, file: string, cases: readonly Case[]): void {
  const [users = []] = readBatches(file, 20_000);
  const people = new People();
  for (const user of users) people.push(user);
  const verdicts = new Uint8Array(users.length);
  for (let run = 0; run < 3; run += 1) {
    for (const { document, policy } of cases) {
      decide(directory, document);
      decideAll(closures(policy, NOW), users, verdicts);
      people.decideAll(people.closures(policy, NOW), verdicts);
    }
  }
}

/** The document also goes into a file for the native engine. */
function newCase({ conditions, policy }: (typeof POLICIES)[number], users: number): Case {
  const document = JSON.stringify(policy);
  const file = `target/bench/policy-${conditions}.json`;
  mkdirSync('target/bench', { recursive: true });
  writeFileSync(file, document);
  const times = { wasm: [], native: [], closures: [], prepared: [], rulesEngine: [], sql: [] };
  return { conditions, policy, document, file, verdicts: new Uint8Array(users), times };
}

async function filledDatabase(file: string): Promise<SqlDirectory> {
  const sql = await SqlDirectory.create();
  for (const users of readBatches(file, 10_000)) for (const user of users) sql.push(user);
  sql.finish();
  return sql;
}

async function measureNative(native: Native, { file, verdicts, times }: Case): Promise<void> {
  const answer = await native.evaluate(file, NOW);
  times.native.push(answer.ms);
  if (answer.fingerprint !== fingerprint(verdicts))
    throw new Error('the native engine decides otherwise than the one in wasm');
}

function measureSql(sql: SqlDirectory, { policy, verdicts, times }: Case): void {
  collectGarbage();
  const { ms, value } = timed(() => sql.evaluate(policy, NOW));
  times.sql.push(ms);
  requireEqual('sql.js', value, verdicts);
}

/** One run of the closures over everybody, and of the rules engine on some of the policies. */
async function measureBaselines(file: string, cases: readonly Case[], slow: readonly number[]): Promise<void> {
  const sums = cases.map(() => ({ closures: 0, prepared: 0, rulesEngine: 0 }));
  let first = 0;
  for (const users of readBatches(file, BATCH)) {
    const people = new People();
    for (const user of users) people.push(user);
    for (const [place, each] of cases.entries()) {
      const expected = each.verdicts.subarray(first, first + users.length);
      const sum = sums[place];
      if (!sum) continue;
      sum.closures += measureClosures(users, each, expected);
      sum.prepared += measurePrepared(people, each, expected);
      if (slow.includes(each.conditions)) sum.rulesEngine += await measureRulesEngine(users, each, expected);
    }
    first += users.length;
  }
  for (const [place, { conditions, times }] of cases.entries()) {
    times.closures.push(sums[place]?.closures ?? NaN);
    times.prepared.push(sums[place]?.prepared ?? NaN);
    if (slow.includes(conditions)) times.rulesEngine.push(sums[place]?.rulesEngine ?? NaN);
  }
}

function measureClosures(users: readonly ApiUser[], { policy }: Case, expected: Verdicts): number {
  const verdicts = new Uint8Array(users.length);
  collectGarbage();
  const { ms } = timed(() => {
    decideAll(closures(policy, NOW), users, verdicts);
  });
  requireEqual('the closures', verdicts, expected);
  return ms;
}

function measurePrepared(people: People, { policy }: Case, expected: Verdicts): number {
  const verdicts = new Uint8Array(expected.length);
  collectGarbage();
  const { ms } = timed(() => {
    people.decideAll(people.closures(policy, NOW), verdicts);
  });
  requireEqual('the closures over prepared people', verdicts, expected);
  return ms;
}

async function measureRulesEngine(users: readonly ApiUser[], { policy }: Case, expected: Verdicts): Promise<number> {
  const verdicts = new Uint8Array(users.length);
  collectGarbage();
  const { ms } = await timedAsync(async () => {
    const decide = rulesEngine(policy, NOW);
    for (const [row, user] of users.entries()) verdicts[row] = await decide(user);
  });
  requireEqual('json-rules-engine', verdicts, expected);
  return ms;
}
