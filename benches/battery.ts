/**
 * The battery: node --expose-gc --max-old-space-size=8192 benches/battery.ts [--quick]
 *
 * Measures the engine side by side with everything it is measured against and writes target/bench/battery.json after
 * every part. With --quick, 100,000 users and three runs: for a look between two changes, not for the record.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pagesFile } from './data/pages.ts';
import { measureColdStart } from './measure/cold-start.ts';
import { type Plan, measureEvaluation } from './measure/evaluate.ts';
import { measureIngestion } from './measure/ingest.ts';
import { measureSnapshot } from './measure/snapshot.ts';
import { rounded } from './measure/runs.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
if (!globalThis.gc) throw new Error('run it with --expose-gc: garbage must not be collected on somebody else’s time');

const all = [5, 20, 100];
const plans: Plan[] = values.quick
  ? [{ users: 100_000, runs: 3, rulesEngine: { runs: 1, conditions: [5, 20] }, sql: { runs: 1, conditions: all } }]
  : [
      { users: 100_000, runs: 7, rulesEngine: { runs: 3, conditions: all }, sql: { runs: 3, conditions: all } },
      { users: 1_000_000, runs: 7, rulesEngine: { runs: 0, conditions: [] }, sql: { runs: 1, conditions: [20] } },
    ];

const figures: Record<string, unknown> = { quick: values.quick };

function record(name: string, figure: unknown): void {
  figures[name] = figure;
  mkdirSync('target/bench', { recursive: true });
  writeFileSync('target/bench/battery.json', `${JSON.stringify(figures, null, 1)}\n`);
}

const start = performance.now();
record('cold_start_ms', measureColdStart(values.quick ? 3 : 7));
console.log('Ingestion');
record('ingest', measureIngestion(pagesFile(100_000), values.quick ? 3 : 7));
console.log('Storage');
record('snapshot', await measureSnapshot(values.quick ? 1 : 7));
const evaluate: Record<string, unknown> = {};
for (const plan of plans) {
  console.log(`Evaluation of ${plan.users} users`);
  const { figures, memory } = await measureEvaluation(plan, pagesFile(plan.users));
  evaluate[String(plan.users)] = figures;
  record('evaluate', evaluate);
  if (plan.users === 1_000_000) record('memory', { peak_mb_1m: rounded(memory / 1e6) });
}
record('seconds', Math.round((performance.now() - start) / 1000));
console.log('written: target/bench/battery.json');
