import type { Run } from '../../gen/types';
import type { BundleFacts, Evidence, RunFacts } from '../core';
import { Failure } from '../failure';
import { entryOf } from '../log/entry';
import { slices } from '../log/every-entry';
import type { AnswerTo, Call } from '../protocol';

/** The most runs, and the most stored parts of their plans, of which one bundle holds more than entries. */
export const MOST_RUNS = 50;
export const MOST_PARTS = 100;

/** The runs of a period that a bundle tells of, and those that it names only. */
export interface PeriodRuns {
  runs: Run[];
  leftOut: NonNullable<BundleFacts['leftOut']>;
}

/** The run as it stands. */
export async function now(call: Call, run: string): Promise<Run> {
  return call<'run'>({ command: 'run', run });
}

/** Which runs the entries of a period tell of, and which of them fit into one bundle and can be proven by the log. */
export async function runsOfPeriod(
  call: Call,
  evidence: Pick<Evidence, 'runsAtWork'>,
  { from, to }: { from: string; to: string },
): Promise<PeriodRuns> {
  const ids = new Set<string>();
  for await (const { entries } of slices(call, from)) {
    for (const id of evidence.runsAtWork(entries, from, to)) ids.add(id);
    const [last] = entries.slice(-1);
    if (last && timeOf(entryOf(last)?.time) > timeOf(to)) break;
  }
  const first = await firstTime(call);
  const found: PeriodRuns = { runs: [], leftOut: [] };
  let parts = 0;
  for (const id of ids) {
    const run = await stored(call, id);
    const wanted = parts + (run?.plan?.parts ?? 0);
    if (!run) found.leftOut.push({ run: id, why: 'gone' });
    else if (timeOf(run.now) < first) found.leftOut.push({ run: id, why: 'cut' });
    else if (found.runs.length === MOST_RUNS || wanted > MOST_PARTS) found.leftOut.push({ run: id, why: 'tooMany' });
    else {
      found.runs.push(run);
      parts = wanted;
    }
  }
  return found;
}

const timeOf = (text: string | undefined): number => new Date(text ?? 0).getTime();

/** The time of the first entry that is left, if any was cut. */
async function firstTime(call: Call): Promise<number> {
  const { cut } = await call<'anchors'>({ command: 'anchors' });
  if (!cut) return 0;
  for await (const { entries } of slices(call)) {
    const [entry] = entries;
    if (entry) return timeOf(entryOf(entry)?.time);
  }
  return 0;
}

/** A run, unless the retention has deleted it. */
async function stored(call: Call, id: string): Promise<Run | undefined> {
  try {
    return await now(call, id);
  } catch (cause) {
    if (Failure.from(cause).code === 'not-found') return undefined;
    throw cause;
  }
}

type Snapshot = AnswerTo<'overview'>['reading']['snapshot'];

/** What is known of a run besides: the very revision of its policy, and the coverage of the reading that its plan rests on. */
export async function aboutRun(call: Call, run: Run, snapshot: Snapshot): Promise<RunFacts> {
  const { id, revision } = run.policy;
  const text = await textOf(call, id, revision);
  return {
    run,
    ...(text && { policy: JSON.parse(text.document) as unknown }),
    ...(text?.chosen && { chosen: text.chosen }),
    // A newer reading says nothing about the one that the plan rests on.
    ...(snapshot && snapshot.id === run.plan?.snapshot && { coverage: snapshot.coverage }),
  };
}

/** The text of a revision; what was stored before texts were kept has none. */
async function textOf(call: Call, policy: string, revision: number): Promise<AnswerTo<'policyVersion'> | undefined> {
  try {
    return await call<'policyVersion'>({ command: 'policyVersion', policy, revision });
  } catch (cause) {
    if (Failure.from(cause).code === 'not-found') return undefined;
    throw cause;
  }
}
