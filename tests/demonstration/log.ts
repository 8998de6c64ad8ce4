import { setTimeout as sleep } from 'node:timers/promises';
import type { LogHead, LogPage, LogVerification, StoredEntry } from '../../forge-app/gen/types.ts';
import type { Administrator } from './administrator.ts';
import { coreHere } from './core.ts';

/** How long the index may lag behind the head. */
const patienceMs = 30_000;

/** The whole log and what the core says of it, with the chain's head as anchor. */
export interface VerifiedLog {
  entries: StoredEntry[];
  verification: LogVerification;
}

/** Reads the log until its index has caught up with the head: queries of the storage lag behind writes. */
export async function verifiedLog(viewer: Administrator): Promise<VerifiedLog> {
  const started = Date.now();
  for (;;) {
    const { entries, head } = await everyEntry(viewer);
    if (entries.length >= head.seq || Date.now() - started > patienceMs) {
      return { entries, verification: coreHere().verifyEntries(entries, [head.seq, head.hash]) };
    }
    await sleep(500);
  }
}

async function everyEntry(viewer: Administrator): Promise<{ entries: StoredEntry[]; head: LogHead }> {
  const entries: StoredEntry[] = [];
  let cursor: string | null = null;
  for (;;) {
    const page: LogPage = await viewer.command('log', { command: 'logSlice', cursor });
    entries.push(...page.entries);
    cursor = page.cursor;
    if (cursor === null) return { entries, head: page.head };
  }
}
