import type { Say } from '../texts/texts';

/** For how long something is kept. */
export const keptText = (days: number | null, say: Say): string =>
  days === null ? say('settings.keptForEver') : say('settings.keptForDays', { count: days });
