import { useMemo } from 'react';
import type { RosterFilter } from '../../gen/types';
import type { Roster } from '../core';

/** A slice of accounts in the text of a set. */
const SLICE = 5_000;

/** The accounts that any of the filters lets through. The core shows the last one's afterwards: filter again. */
export function accountsFound(roster: Roster, filters: readonly RosterFilter[]): string[] {
  const accounts: string[] = [];
  for (const filter of filters) {
    roster.filter(filter);
    for (const slice of roster.accounts(SLICE)) accounts.push(...slice);
  }
  return accounts;
}

/**
 * Gives everybody whom any of the filters lets through the name of a set. Answers another object for each set that the core was
 * told; `undefined` where none is asked for.
 */
export function useFoundSet(
  roster: Roster,
  name: string,
  filters: readonly RosterFilter[] | undefined,
): object | undefined {
  const asked = filters && JSON.stringify(filters);
  return useMemo(() => {
    if (asked === undefined) return undefined;
    roster.mark(name, found(roster, JSON.parse(asked) as RosterFilter[]).join(' '));
    return {};
  }, [roster, name, asked]);
}

/** What an address asks for may be no question at all: nobody answers to it then. */
function found(roster: Roster, filters: readonly RosterFilter[]): string[] {
  try {
    return accountsFound(roster, filters);
  } catch {
    return [];
  }
}
