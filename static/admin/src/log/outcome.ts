/** How something in the log ended. */
export const OUTCOMES = ['done', 'already', 'intent', 'failed', 'not-done', 'skipped'] as const;

export type Outcome = (typeof OUTCOMES)[number];
