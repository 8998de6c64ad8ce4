import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The checkout's root. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Runs a program in the checkout's root with its output shown; fails when it fails. */
export function run(program: string, args: string[], env: NodeJS.ProcessEnv = {}): void {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with status ${status ?? 'none'}`);
}
