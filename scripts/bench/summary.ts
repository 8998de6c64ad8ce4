/**
 * Puts the figures there are into target/bench/summary.json: the battery's, the readings', the runs', the page's, the cores' sizes and
 * the demonstration's wall figures. Then says of every bar whether it is met.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { measure } from '../build/budget.ts';
import { judge } from './bars.ts';

function read(file: string): Record<string, unknown> | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : undefined;
}

const size = (core: string) => measure(readFileSync(`${core}/gen/core_bg.wasm`));

const figures = {
  machine: {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  },
  // The page's core is the one that the battery runs; docs/decisions/0002 says why there is another.
  wasm: { ...size('static/admin'), function: size('forge-app') },
  ...read('target/bench/battery.json'),
  sync: read('target/bench/sync.json'),
  run: read('target/bench/run.json'),
  page: read('target/bench/page.json'),
  demonstration: read('target/run/summary.json'),
};
const judged = judge(figures);
const bars = judged.map(({ path, figure, outcome }) => ({ path, figure, outcome }));
mkdirSync('target/bench', { recursive: true });
writeFileSync('target/bench/summary.json', `${JSON.stringify({ ...figures, bars }, null, 1)}\n`);
console.log(judged.map(({ line }) => line).join('\n'));
console.log('written: target/bench/summary.json');
