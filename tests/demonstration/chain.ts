import { createHash } from 'node:crypto';

/** An entry as the log stores it: its canonical JSON with number and link inside, and its hash. */
interface StoredEntry {
  seq: number;
  entry: string;
  hash: string;
}

/** Checks the log a second time, without the core: each hash, each link, no gap. Names the first entry that does not fit. */
export function firstMisfit(entries: StoredEntry[]): number | undefined {
  let previous = '0'.repeat(64);
  for (const [index, { seq, entry, hash }] of entries.entries()) {
    const place = JSON.parse(entry) as { seq: number; previous: string };
    const fits = seq === index + 1 && place.seq === seq && place.previous === previous;
    if (!fits || createHash('sha256').update(entry).digest('hex') !== hash) return index + 1;
    previous = hash;
  }
  return undefined;
}

/** What these checks read of an entry. An intent names everybody of a batch, an outcome one person. */
interface Said {
  run?: string;
  action: string;
  outcome: string;
  subject?: string;
  subjects?: string[];
}

/** Whom the entries call done, each as often as they do. */
export function doneEntries(entries: StoredEntry[], run: string, action: string): string[] {
  return saidOf(entries, run, action).flatMap(({ outcome, subject }) =>
    outcome === 'done' && subject !== undefined ? [subject] : [],
  );
}

/** Whom the entries call done without an intent before that names them. */
export function unannounced(entries: StoredEntry[], run: string, action: string): string[] {
  const announced = new Set<string>();
  const missing: string[] = [];
  for (const { outcome, subject, subjects } of saidOf(entries, run, action)) {
    if (outcome === 'intent') for (const each of subjects ?? []) announced.add(each);
    else if (outcome === 'done' && subject !== undefined && !announced.has(subject)) missing.push(subject);
  }
  return missing;
}

function saidOf(entries: StoredEntry[], run: string, action: string): Said[] {
  const said = entries.map(({ entry }) => JSON.parse(entry) as Said);
  return said.filter((each) => each.run === run && each.action === action);
}
