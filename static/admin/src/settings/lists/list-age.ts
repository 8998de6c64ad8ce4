import { LIST_MAX_AGE_DAYS } from '../../../gen/types';

/** When a list that was imported then decides nothing any more. */
export const decidesUntil = (imported: string): string =>
  new Date(Date.parse(imported) + LIST_MAX_AGE_DAYS * 86_400_000).toISOString();
