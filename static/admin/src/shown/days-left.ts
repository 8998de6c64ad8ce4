const DAY = 86_400_000;

/** When a day in UTC comes, seen from an instant: `in 25 days`, `today`, `3 days ago`. */
export function daysLeft(at: string, now: Date): string {
  const days = dayOf(new Date(at)) - dayOf(now);
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(days, 'day');
}

/** Whole days since 1970, in UTC. */
const dayOf = (time: Date): number => Math.floor(time.getTime() / DAY);
