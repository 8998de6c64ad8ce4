import type { Filter } from '../page/route';
import { CHOOSABLE, USUAL, type Choosable } from './choosable';

/** A query that somebody gave a name to. */
export interface SavedView {
  name: string;
  query: Filter;
}

/** What one person keeps in their browser; nothing of it leaves it. */
export interface Kept {
  views: SavedView[];
  columns: readonly Choosable[];
}

const NOTHING: Kept = { views: [], columns: USUAL };

const keyOf = (account: string): string => `seatkeeper.people.${account}`;

/** What was kept; what cannot be read counts as nothing. */
export function readKept(storage: Pick<Storage, 'getItem'> | undefined, account: string): Kept {
  try {
    const found: unknown = JSON.parse(storage?.getItem(keyOf(account)) ?? 'null');
    if (typeof found !== 'object' || found === null) return NOTHING;
    const { views, columns } = found as { views?: unknown; columns?: unknown };
    return {
      views: Array.isArray(views) ? views.filter(isView) : [],
      columns: Array.isArray(columns) ? CHOOSABLE.filter((column) => columns.includes(column)) : USUAL,
    };
  } catch {
    return NOTHING;
  }
}

/** Keeps it; false where the browser does not let the page. */
export function writeKept(storage: Pick<Storage, 'setItem'> | undefined, account: string, kept: Kept): boolean {
  if (!storage) return false;
  try {
    storage.setItem(keyOf(account), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

function isView(found: unknown): found is SavedView {
  if (typeof found !== 'object' || found === null) return false;
  const { name, query } = found as Partial<Record<keyof SavedView, unknown>>;
  return typeof name === 'string' && Array.isArray(query) && query.every(isPair);
}

const isPair = (pair: unknown): boolean =>
  Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string');
