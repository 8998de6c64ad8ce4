import type { Run, StoredEntry } from '../../gen/types';
import type { BundleFacts, Evidence, EvidenceBundle } from '../core';
import { entryOf } from '../log/entry';
import { slices } from '../log/every-entry';
import type { Call } from '../protocol';

/** Entries about a run may be written a little later than its last change. */
const AFTERWARDS_MS = 120_000;
/** A run that goes on while it is collected is collected so often. */
const TRIES = 3;

/** What a bundle is about: a run, or a period. */
export type Subject = { run: Run } | { from: string; to: string };

/** Collects what a bundle needs and packs it; tells how many entries were read. */
export async function collect(
  call: Call,
  evidence: Evidence,
  subject: Subject,
  progress: (entries: number) => void,
): Promise<Uint8Array> {
  if (!('run' in subject)) return (await withEntries(call, evidence, await factsOf(call, subject), progress)).finish();
  let run = await now(call, subject.run);
  for (let tries = 1; ; tries += 1) {
    const bundle = await withEntries(call, evidence, await factsOf(call, { run }), progress);
    await addPeople(call, bundle, run);
    const after = await now(call, run);
    // A run that went on meanwhile would not agree with its entries.
    if (after.since === run.since || tries === TRIES) return bundle.finish();
    run = after;
  }
}

async function now(call: Call, { id }: Run): Promise<Run> {
  return call<'run'>({ command: 'run', run: id });
}

async function factsOf(call: Call, subject: Subject): Promise<Omit<BundleFacts, 'head'>> {
  const { anchors } = await call<'anchors'>({ command: 'anchors' });
  const shared = { made: new Date().toISOString(), anchors: anchors.map(({ seq, hash }) => ({ seq, hash })) };
  if (!('run' in subject)) return { ...shared, covers: subject };
  const { run } = subject;
  const { policies } = await call<'policies'>({ command: 'policies' });
  const policy = policies.find(({ reference }) => reference.id === run.policy.id)?.policy;
  const { reading } = await call<'overview'>({ command: 'overview' });
  // A newer reading says nothing about the one that the plan rests on.
  const snapshot = reading.snapshot?.id === run.plan?.snapshot ? reading.snapshot : undefined;
  return {
    ...shared,
    covers: { from: run.now, to: run.since },
    run,
    ...(policy && { policy }),
    ...(snapshot && { coverage: snapshot.coverage }),
  };
}

/** The entries of the period, and on to the next anchor, so that somebody who kept that one can prove the last of them. */
async function withEntries(
  call: Call,
  evidence: Evidence,
  facts: Omit<BundleFacts, 'head'>,
  progress: (entries: number) => void,
): Promise<EvidenceBundle> {
  const end = new Date(facts.covers.to).getTime() + ('run' in facts ? AFTERWARDS_MS : 0);
  const isInside = (stored: StoredEntry) => new Date(entryOf(stored)?.time ?? 0).getTime() <= end;
  let bundle: EvidenceBundle | undefined;
  let count = 0;
  let last = 0;
  for await (const { entries, head } of slices(call, facts.covers.from)) {
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

/** The frozen plan, and names in their own file. */
async function addPeople(call: Call, bundle: EvidenceBundle, run: Run): Promise<void> {
  for (let part = 0; part < (run.plan?.parts ?? 0); part += 1) {
    bundle.addPlanPart((await call<'planPart'>({ command: 'planPart', run: run.id, part })).text);
    const { people } = await call<'runPeople'>({ command: 'runPeople', run: run.id, part });
    bundle.addNames(people.map(({ account, name, email }) => ({ account, name, email })));
  }
}
