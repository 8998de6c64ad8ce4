/**
 * What a process waits for before a core's first answer: reading, compiling and instantiating it, and one policy checked.
 * By the clock on the wall, since other threads compile too.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median, rounded } from './runs.ts';

/** Milliseconds in the middle of some fresh processes. */
export function measureColdStart(runs: number): number {
  const program = join(import.meta.dirname, '../cold-start.ts');
  const times = Array.from({ length: runs }, () => {
    const { stdout, status } = spawnSync(process.execPath, [program], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) throw new Error('the core did not start');
    return Number(stdout);
  });
  return rounded(median(times) ?? NaN);
}
