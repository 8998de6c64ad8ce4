/** Puts the figures there are into target/bench/summary.json: the core's size and the demonstration's wall figures. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { measure } from '../build/budget.ts';

const run = JSON.parse(readFileSync('target/run/summary.json', 'utf8')) as Record<string, unknown>;
const summary = {
  machine: {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  },
  wasm: measure(readFileSync('forge-app/gen/core_bg.wasm')),
  demonstration: run,
};
mkdirSync('target/bench', { recursive: true });
writeFileSync('target/bench/summary.json', `${JSON.stringify(summary, null, 1)}\n`);
console.log('written: target/bench/summary.json');
