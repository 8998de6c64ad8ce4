import type { Say } from '../texts/texts';

const DAY = 86_400_000;

/** How long it is until an instant, in days rounded up as the app's warnings count them. */
export function daysLeft(at: string, now: Date, say: Say): string {
  const days = Math.ceil((new Date(at).getTime() - now.getTime()) / DAY);
  if (days > 1) return say('shown.inDays', { count: days });
  return say(days === 1 ? 'shown.withinADay' : 'shown.over');
}
