import type { LogFilter } from '../../gen/types';

/** What the log can be filtered by, in the order in which it is offered. */
export const TERMS = [
  'subject',
  'run',
  'actor',
  'action',
  'outcome',
  'policy',
  'from',
  'to',
] as const satisfies (keyof LogFilter)[];

export type Term = keyof LogFilter;

export const isTerm = (text: string | undefined): text is Term =>
  (TERMS as readonly (string | undefined)[]).includes(text);

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
