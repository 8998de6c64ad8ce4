/**
 * The product at work over a simulated Atlassian Cloud: node main.ts [--users 2000] [--seed 1] [--once]
 *
 * With --once it ends after the checks, with status 0 only if all hold; without, it serves the page until Ctrl-C.
 */
import { parseArgs } from 'node:util';
import { writeFiles } from './files.ts';
import { checkList, progressLine, table } from './report.ts';
import { demonstrate } from './run.ts';
import { servePage } from './page.ts';
import { setStage } from './stage.ts';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    once: { type: 'boolean', default: false },
  },
});
const users = Number(values.users);
const seed = Number(values.seed);
if (!Number.isSafeInteger(users) || users < 25 || !Number.isSafeInteger(seed) || seed < 0) {
  console.error('USERS must be a whole number from 25, SEED one from 0');
  process.exit(2);
}

// However it ends, the children end with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const line = progressLine();
const say = (text: string) => {
  line.end();
  console.log(`  ${text}`);
};

console.log(`Seatkeeper over a simulated Atlassian Cloud: ${users} users, seed ${seed}`);
try {
  const stage = await setStage({ users, seed, latency: 'standard' });
  const { people, checks, files } = await demonstrate(stage, users, { say, show: line.show });
  line.end();
  writeFiles('target/run', files);
  console.log(`\nWhat happened, and why:\n\n${table(people)}\n\nChecks:\n\n${checkList(checks)}\n`);
  console.log(`written: target/run/ (${Object.keys(files).join(', ')})`);
  process.exitCode = checks.every(({ found }) => found === undefined) ? 0 : 1;
  if (values.once) stage.stop();
  else await servePage(stage);
} catch (error) {
  line.end();
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
