const DAY = 86_400_000;

/** How long it is until an instant, in days rounded up as the app's warnings count them. */
export function daysLeft(at: string, now: Date): string {
  const days = Math.ceil((new Date(at).getTime() - now.getTime()) / DAY);
  if (days > 1) return `in ${days} days`;
  return days === 1 ? 'within a day' : 'over';
}
