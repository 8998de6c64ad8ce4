import type { RosterFilter } from '../../gen/types';

/** So many days are meant where an address says no number: those by which the overview counts. */
export const UNUSED_DAYS = 30;

/** Who was not seen for so many days, and who was never seen: together, whom the overview counts as idle. */
export function unusedFilters(asked: string): RosterFilter[] {
  const days = Number(asked);
  const limit = Number.isInteger(days) && days >= 0 ? days : UNUSED_DAYS;
  return [{ activity: { kind: 'idle', days: limit } }, { activity: { kind: 'never' } }];
}
