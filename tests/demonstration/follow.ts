import { setTimeout as sleep } from 'node:timers/promises';
import type { NamedPerson, Run, RunState } from '../../forge-app/gen/types.ts';
import type { Administrator } from './administrator.ts';

const pollMs = 500;
/** Without a change for so long, the run is taken for lost. */
const patienceMs = 180_000;
const over: RunState[] = ['done', 'done-with-failures', 'rejected', 'stopped', 'aborted', 'expired', 'previewed'];

/** Waits for the run that the schedule makes, beside those that are known. */
export async function awaitRun(viewer: Administrator, known: readonly string[] = []): Promise<Run> {
  const started = Date.now();
  while (Date.now() - started < patienceMs) {
    const { runs } = await viewer.command('runs', { command: 'runs', cursor: null });
    const [newest] = runs.filter(({ id }) => !known.includes(id));
    if (newest) return newest;
    await sleep(pollMs);
  }
  throw new Error(`no run appeared within ${patienceMs / 1000} s of the trigger`);
}

/** Follows a run until it is held or over, and shows where it is. */
export async function follow(viewer: Administrator, id: string, show: (line: string) => void): Promise<Run> {
  let last = '';
  let changed = Date.now();
  while (Date.now() - changed < patienceMs) {
    const run = await viewer.command('run', { command: 'run', run: id });
    const line = progress(run);
    if (line !== last) changed = Date.now();
    last = line;
    show(line);
    if (run.state === 'held' || run.state === 'awaiting-approval' || over.includes(run.state)) return run;
    await sleep(pollMs);
  }
  throw new Error(`run ${id} stands still: ${last}`);
}

/** Everybody of a run's plan, with what became of them. */
export async function peopleOf(viewer: Administrator, id: string): Promise<NamedPerson[]> {
  const people: NamedPerson[] = [];
  for (let part = 0, parts = 1; part < parts; part += 1) {
    const answer = await viewer.command('people', { command: 'runPeople', run: id, part });
    people.push(...answer.people);
    parts = answer.parts;
  }
  return people;
}

function progress({ state, counts, plan }: Run): string {
  if (state === 'planning') return `planning: ${counts.users} people read`;
  const steps = plan?.steps ?? 0;
  const settled = counts.acted + counts.failed;
  const bar = '█'.repeat(Math.round((20 * settled) / Math.max(1, steps))).padEnd(20, '░');
  const letBe = counts.skipped > 0 ? `, ${counts.skipped} let be` : '';
  return `${state}: ${bar} ${settled} of ${steps} (${counts.verified} read back${letBe})`;
}
