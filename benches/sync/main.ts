/**
 * What reading an organization takes: node benches/sync/main.ts [--users 10000,100000] [--quick]
 *
 * Through the built bundle (`make bundle cloud`), on virtual time; writes target/bench/sync.json after every size.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureAtLimit, measureDays } from './scenarios.ts';

const { values } = parseArgs({
  options: { users: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const sizes = (values.users ?? (values.quick ? '10000' : '10000,100000')).split(',').map(Number);
if (!sizes.every((users) => Number.isSafeInteger(users) && users >= 25)) {
  console.error('--users takes whole numbers from 25, such as 10000,100000');
  process.exit(2);
}
// However it ends, the children end with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const figures: Record<string, unknown> = {};

function record(name: string, figure: unknown): void {
  figures[name] = figure;
  mkdirSync('target/bench', { recursive: true });
  writeFileSync('target/bench/sync.json', `${JSON.stringify(figures, null, 1)}\n`);
}

const start = performance.now();
const say = (line: string) => {
  console.log(`  ${line}`);
};
for (const users of sizes) {
  console.log(`Reading ${users} users`);
  record(String(users), await measureDays(users, say));
}
console.log('Reading at the limit of the API');
record('at_limit', await measureAtLimit(values.quick ? 5_000 : 20_000, 200, say));
record('bench_seconds', Math.round((performance.now() - start) / 1000));
console.log('written: target/bench/sync.json');
