import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A service started as a child; it prints its URL as JSON on its first line. */
export interface Service {
  url: string;
  stop(): void;
}

/** Starts a service and waits for its URL. What else it prints goes to this process's error stream. */
export async function startService(program: string, args: string[]): Promise<Service> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = () => {
    process.off('exit', stop);
    child.kill('SIGTERM');
  };
  process.once('exit', stop);
  return { url: await firstUrl(program, child), stop };
}

function firstUrl(program: string, child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    child.once('error', failed);
    child.once('exit', (code) => {
      failed(new Error(`${program} ended with status ${code ?? 'none'} before it was ready`));
    });
    if (!child.stdout) throw new Error(`${program} has no output`);
    const lines = createInterface({ input: child.stdout });
    lines.once('line', (line) => {
      const { url } = JSON.parse(line) as { url: string };
      lines.on('line', (more) => {
        console.error(more);
      });
      found(url);
    });
  });
}
