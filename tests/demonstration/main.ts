/**
 * The product at work over a simulated Atlassian Cloud: node main.ts [--users 2000] [--seed 1] [--once]
 *
 * With --once it ends after the checks, with status 0 only if all hold; without, it serves the page until Ctrl-C.
 */
import { parseArgs } from 'node:util';
import { writeFiles, writeInbox } from './files.ts';
import { checkList, progressLine, table, warningTable } from './report.ts';
import { demonstrate } from './run.ts';
import { servePage } from './page.ts';
import { setStage } from './stage.ts';
import { daysAgo, warnFirst } from './warn-first.ts';

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
  const stage = await setStage({ users, seed, latency: 'standard', daysAgo });
  const narrator = { say, show: line.show };
  const first = await demonstrate(stage, users, narrator);
  const warned = await warnFirst(stage, users, first, narrator);
  line.end();
  const files = { ...first.files, 'run.json': { runs: warned.record } };
  const checks = [...first.checks, ...warned.checks];
  writeFiles('target/run', files);
  writeInbox('target/run/inbox', warned.messages);
  console.log(`\nWhat happened, and why:\n\n${table(first.people)}`);
  console.log(`\nWho was told first, and what followed:\n\n${warningTable(warned.record, warned.evidence.addresses)}`);
  console.log(`\nChecks:\n\n${checkList(checks)}\n`);
  console.log(`written: target/run/ (${Object.keys(files).join(', ')}, inbox/*.eml)`);
  process.exitCode = checks.every(({ found }) => found === undefined) ? 0 : 1;
  if (values.once) stage.stop();
  else await servePage(stage);
} catch (error) {
  line.end();
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
