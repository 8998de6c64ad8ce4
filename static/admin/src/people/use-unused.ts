import { useMemo } from 'react';
import type { Roster } from '../core';
import { UNUSED } from './query';
import { unusedFilters } from './unused';
import { useFoundSet } from './use-found-set';

/** Tells the core who was not seen for so many days, or ever. */
export function useUnused(roster: Roster, days: string | undefined): object | undefined {
  const filters = useMemo(() => (days === undefined ? undefined : unusedFilters(days)), [days]);
  return useFoundSet(roster, UNUSED, filters);
}
