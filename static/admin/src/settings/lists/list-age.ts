/**
 * So many days after its import a list decides nothing any more: the rule is the core's (RULES R11), whose answers do not
 * carry it.
 */
export const LIST_DAYS = 7;

/** When a list that was imported then decides nothing any more. */
export const decidesUntil = (imported: string): string =>
  new Date(Date.parse(imported) + LIST_DAYS * 86_400_000).toISOString();
