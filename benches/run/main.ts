/**
 * What suspending people takes: node benches/run/main.ts [--quick]
 *
 * Through the built bundle (`make bundle cloud`), on virtual time; writes target/bench/run.json after every run.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BundleStage } from '../bundle/stage.ts';
import { wrongs } from './check.ts';
import { runFigures, type RunFigures } from './figures.ts';
import { prepare, type Scene } from './scene.ts';
import { suspend } from './suspensions.ts';

/** Of the people of a simulated organization about a third match: so many people give so many actions. */
const sizes = { '10000': 27_600, '1000': 2_760 };
const seed = 1;

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
// However it ends, the children end with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const size = values.quick ? '1000' : '10000';
const begun = performance.now();
const figures: Record<string, unknown> = {};

function record(more: object): void {
  Object.assign(figures, more);
  mkdirSync('target/bench', { recursive: true });
  writeFileSync('target/bench/run.json', `${JSON.stringify({ [size]: figures }, null, 1)}\n`);
}

/** One run from the state that was kept. */
async function measure(stage: BundleStage, scene: Scene, apiMillis: number): Promise<RunFigures & { wrongs: number }> {
  await stage.cloud.rewind();
  await stage.cloud.setLatency(apiMillis);
  const taken = await suspend(stage, scene);
  const wrong = await wrongs(stage.cloud, scene, taken);
  const measured = { ...runFigures(taken, await stage.cloud.stored()), wrongs: wrong.length };
  const { actions, calls_per_action, seconds, seconds_over_limit_bound, kvs_written_bytes_per_action } = measured;
  console.log(
    `  at ${apiMillis} ms: ${actions} actions, ${calls_per_action} calls each, ${seconds} s, ` +
      `${seconds_over_limit_bound} × the limit, ${kvs_written_bytes_per_action} bytes written each`,
  );
  for (const what of wrong) console.log(`    wrong: ${what}`);
  return measured;
}

console.log(`Suspending about ${size} people`);
const stage = await BundleStage.open(sizes[size], seed);
try {
  await stage.freshRuntime();
  const scene = await prepare(stage.cloud);
  await stage.cloud.keep();
  record(await measure(stage, scene, 250));
  record({ at_100ms: await measure(stage, scene, 100) });
  record({ at_1s: await measure(stage, scene, 1000) });
  record({ bench_seconds: Math.round((performance.now() - begun) / 1000) });
} finally {
  stage.stop();
}
console.log('written: target/bench/run.json');
