import type { LogFilter, LogHead, StoredEntry } from '../../gen/types';
import type { AnswerTo, Call } from '../protocol';
import { newestFirst } from './entry';

/** Slices of the log in order, from its first entry on or from a time on. */
export async function* slices(call: Call, from?: string): AsyncGenerator<{ entries: StoredEntry[]; head: LogHead }> {
  let cursor: string | null = null;
  do {
    const slice: AnswerTo<'logSlice'> = await call<'logSlice'>({ command: 'logSlice', cursor, ...(from && { from }) });
    yield slice;
    cursor = slice.cursor;
  } while (cursor);
}

/** Every entry that agrees with a filter, oldest first. */
export async function everyEntry(
  call: Call,
  filter: LogFilter,
  progress: (read: number) => void,
): Promise<StoredEntry[]> {
  const entries: StoredEntry[] = [];
  if (Object.keys(filter).length === 0) {
    for await (const slice of slices(call)) {
      entries.push(...slice.entries);
      progress(entries.length);
    }
    return entries;
  }
  let cursor: string | null = null;
  do {
    const page: AnswerTo<'log'> = await call<'log'>({ command: 'log', filter, cursor });
    entries.push(...page.entries);
    progress(entries.length);
    cursor = page.cursor;
  } while (cursor);
  return newestFirst(entries).reverse();
}
