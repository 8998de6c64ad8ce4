/** For how long something is kept. */
export const keptText = (days: number | null): string => (days === null ? 'for ever' : `for ${days} days`);
