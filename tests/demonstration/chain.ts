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

/** How many entries say that this was done to somebody. */
export function doneEntries(entries: StoredEntry[], run: string, action: string): string[] {
  return entries.flatMap(({ entry }) => {
    const said = JSON.parse(entry) as { run?: string; action: string; outcome: string; subject?: string };
    return said.run === run && said.action === action && said.outcome === 'done' && said.subject ? [said.subject] : [];
  });
}
