import type { LogFilter } from '../../gen/types';

/** What the log can be filtered by, with an example of a value of each. */
export const TERMS: Record<keyof LogFilter, { text: string; example: string }> = {
  subject: { text: 'On whom', example: 'account or group id' },
  run: { text: 'Run', example: 'run id' },
  actor: { text: 'By whom', example: 'schedule, or person:<account id>' },
  action: { text: 'Action', example: 'suspend' },
  outcome: { text: 'Outcome', example: 'failed' },
  policy: { text: 'Policy', example: 'policy id' },
  from: { text: 'From', example: '2026-11-01 or 2026-11-01T08:00:00Z' },
  to: { text: 'To', example: '2026-11-30 or 2026-11-30T18:00:00Z' },
};

export type Term = keyof LogFilter;

export const isTerm = (text: string | undefined): text is Term => text !== undefined && text in TERMS;

/** Names and values, as the address has them. */
export type Terms = [Term, string][];

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A filter of terms; a day alone means all of it, in UTC as the log counts. */
export function filterOf(terms: Terms): LogFilter {
  const filter: LogFilter = {};
  for (const [by, value] of terms) {
    if (by === 'from' && DAY.test(value)) filter.from = `${value}T00:00:00Z`;
    else if (by === 'to' && DAY.test(value)) filter.to = `${value}T23:59:59Z`;
    else filter[by] = value;
  }
  return filter;
}

/** The terms with one more, or with another value of one that is there. */
export const withTerm = (terms: Terms, by: Term, value: string): Terms => [
  ...terms.filter(([other]) => other !== by),
  [by, value],
];
