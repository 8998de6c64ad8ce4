import { useMemo } from 'react';
import type { Roster } from '../core';
import { Failure } from '../failure';
import type { Filter } from '../page/route';
import { rosterFilter, type Order } from './query';

/** Whom the core lets through; a new one for each filter, order and set. */
export interface Shown {
  count: number;
  failure?: Failure;
}

/** Puts everybody in order and filters them at once: a keystroke is one call of the core. */
export function useShown(
  roster: Roster,
  query: Filter,
  documents: ReadonlyMap<string, string>,
  { column, descending }: Order,
  sets: unknown,
): Shown {
  const sorted = useMemo(() => {
    roster.sort(column, descending);
    return { column, descending };
  }, [roster, column, descending]);
  return useMemo(() => shownOf(roster, query, documents, [sorted, sets]), [roster, query, documents, sorted, sets]);
}

/** `because` is what else decides on who is shown: it is in the core already. */
function shownOf(roster: Roster, query: Filter, documents: ReadonlyMap<string, string>, because: unknown[]): Shown {
  try {
    return { count: because.length > 0 ? roster.filter(rosterFilter(query, documents)) : 0 };
  } catch (cause) {
    const { code, message } = cause as { code?: string; message?: string };
    return { count: 0, failure: new Failure({ code: code ?? 'not-filtered', message: message ?? String(cause) }) };
  }
}
