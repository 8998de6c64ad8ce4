import type { Run, StoredEntry } from '../../gen/types';
import type { BundleFacts, Evidence, EvidenceBundle } from '../core';
import { entryOf } from '../log/entry';
import { slices } from '../log/every-entry';
import type { Call } from '../protocol';
import { aboutRun, now, runsOfPeriod, type PeriodRuns } from './runs-of-period';

/** Entries about a run may be written a little later than its last change. */
const AFTERWARDS_MS = 120_000;
/** A run that goes on while it is collected is collected so often. */
const TRIES = 3;

/** What a bundle is about: a run, or a period. */
export type Subject = { run: Run } | { from: string; to: string };

type Facts = Omit<BundleFacts, 'head'>;

/** Collects what a bundle needs and packs it; tells how many entries were read. */
export async function collect(
  call: Call,
  evidence: Evidence,
  subject: Subject,
  progress: (entries: number) => void,
): Promise<Uint8Array> {
  for (let tries = 1; ; tries += 1) {
    const found = await runsOf(call, evidence, subject);
    const facts = await factsOf(call, subject, found);
    const bundle = await withEntries(call, evidence, facts, reach(subject, found.runs), progress);
    await addPeople(call, bundle, found.runs);
    // A run that went on meanwhile would not agree with its entries.
    if (tries === TRIES || (await areUnchanged(call, found.runs))) return bundle.finish();
  }
}

async function runsOf(call: Call, evidence: Evidence, subject: Subject): Promise<PeriodRuns> {
  if ('run' in subject) return { runs: [await now(call, subject.run.id)], leftOut: [] };
  return runsOfPeriod(call, evidence, subject);
}

async function areUnchanged(call: Call, runs: Run[]): Promise<boolean> {
  for (const { id, since } of runs) if ((await now(call, id)).since !== since) return false;
  return true;
}

async function factsOf(call: Call, subject: Subject, { runs, leftOut }: PeriodRuns): Promise<Facts> {
  const { anchors } = await call<'anchors'>({ command: 'anchors' });
  const shared = { made: new Date().toISOString(), anchors: anchors.map(({ seq, hash }) => ({ seq, hash })) };
  const { reading } = await call<'overview'>({ command: 'overview' });
  const about = [];
  for (const run of runs) about.push(await aboutRun(call, run, reading.snapshot));
  if (!('run' in subject)) return { ...shared, covers: subject, runs: about, leftOut };
  const [run] = runs;
  return { ...shared, covers: { from: run?.now ?? '', to: run?.since ?? '' }, ...about[0] };
}

/** From where to where entries are needed: from the beginning of the first run to the end of the last one. */
function reach(subject: Subject, runs: Run[]): { from: string; end: number } {
  const period = 'run' in subject ? [] : [subject];
  const from = [...period.map((one) => one.from), ...runs.map((run) => run.now)];
  const ends = runs.map(({ since }) => new Date(since).getTime() + AFTERWARDS_MS);
  const first = Math.min(...from.map((moment) => new Date(moment).getTime()));
  return {
    from: new Date(first).toISOString(),
    end: Math.max(...period.map(({ to }) => new Date(to).getTime()), ...ends),
  };
}

/** The entries, and on to the next anchor, so that somebody who kept that one can prove the last of them. */
async function withEntries(
  call: Call,
  evidence: Evidence,
  facts: Facts,
  { from, end }: { from: string; end: number },
  progress: (entries: number) => void,
): Promise<EvidenceBundle> {
  const isInside = (stored: StoredEntry) => new Date(entryOf(stored)?.time ?? 0).getTime() <= end;
  let bundle: EvidenceBundle | undefined;
  let count = 0;
  let last = 0;
  for await (const { entries, head } of slices(call, from)) {
    bundle ??= evidence.bundle({ ...facts, head });
    const inside = entries.filter(isInside);
    last = inside.at(-1)?.seq ?? last;
    const anchor = last > 0 ? facts.anchors.find(({ seq }) => seq >= last) : undefined;
    const upTo = anchor?.seq ?? last;
    const taken = entries.filter(({ seq }) => seq <= upTo);
    bundle.addEntries(taken);
    count += taken.length;
    progress(count);
    if (taken.length < entries.length) break;
  }
  if (!bundle) throw new Error('the log gave no answer');
  return bundle;
}

/** The frozen plans, and names in their own file, each person once. */
async function addPeople(call: Call, bundle: EvidenceBundle, runs: Run[]): Promise<void> {
  const named = new Set<string>();
  for (const { id, plan } of runs) {
    for (let part = 0; part < (plan?.parts ?? 0); part += 1) {
      bundle.addPlanPart(id, (await call<'planPart'>({ command: 'planPart', run: id, part })).text);
      const { people } = await call<'runPeople'>({ command: 'runPeople', run: id, part });
      const fresh = people.filter(({ account }) => !named.has(account));
      bundle.addNames(fresh.map(({ account, name, email }) => ({ account, name, email })));
      for (const { account } of fresh) named.add(account);
    }
  }
}
