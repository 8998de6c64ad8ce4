/**
 * When people were last seen. Three of five are seen on any given day, mostly the same ones; the others were last seen
 * somewhere in the two years before, never, or nobody knows when.
 */
import { Random } from './random.ts';

const DAY = 86_400_000;

/** The data's own time: policies are decided at this moment. */
export const NOW = '2026-11-21T12:00:00Z';

export type Habit =
  | { kind: 'regular'; presence: number }
  | { kind: 'gone'; daysAgo: number }
  | { kind: 'never' }
  | { kind: 'unreported' };

/** What a day is: how many days after [`NOW`] it ends, and whether whoever is there uses all they have access to. */
export interface Day {
  after: number;
  everyAccess: boolean;
}

export const TODAY: Day = { after: 0, everyAccess: false };

export function habit(random: Random): Habit {
  const lot = random.next();
  if (lot < 0.63) return { kind: 'regular', presence: 0.93 };
  if (lot < 0.73) return { kind: 'regular', presence: 0.15 };
  if (lot < 0.96) return { kind: 'gone', daysAgo: 2 + 728 * random.next() ** 1.5 };
  return { kind: lot < 0.99 ? 'never' : 'unreported' };
}

/** The last use of a person's access: milliseconds since 1970, `null` for never, `undefined` for not known. */
export function lastUse(habit: Habit, day: Day, person: readonly number[], access: number): number | null | undefined {
  const own = new Random(...person, 7, access);
  if (own.chance(0.01)) return undefined;
  if (access > 0 && own.chance(0.08)) return null;
  switch (habit.kind) {
    case 'never':
      return null;
    case 'unreported':
      return undefined;
    case 'gone':
      return Date.parse(NOW) - Math.floor((habit.daysAgo + own.next() * 20 * access) * DAY);
    case 'regular':
      return lastPresence(habit.presence, day, person, access);
  }
}

/** The newest day on which the person was there and used this access; the first is used on each of them. */
function lastPresence(presence: number, day: Day, person: readonly number[], access: number): number {
  for (let ago = 0; ; ago += 1) {
    const date = day.after - ago;
    const there = new Random(...person, 11, date).chance(presence);
    const share = access === 0 || (day.everyAccess && date > 0) ? 1 : 0.5;
    const use = new Random(...person, 13, date, access);
    if ((there && use.chance(share)) || ago === 90) {
      return Date.parse(NOW) + date * DAY - Math.floor(use.next() * DAY) - 1;
    }
  }
}
