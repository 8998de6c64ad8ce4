/** The part of the policy language that the battery's policies use: the engine and every baseline decide all of it. */

export interface Selection {
  products?: string[];
  /** Cloud ids. */
  sites?: string[];
}

export type ProfileField = 'jobTitle' | 'department' | 'organization' | 'location';

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { idle: { longerThan: string } & Selection }
  | { neverActive: { addedMoreThan: string } & Selection }
  | { onlyOnce: { within: string; addedMoreThan: string } & Selection }
  | { added: { moreThan?: string; lessThan?: string } }
  | { status: string[] }
  | { account: 'managed' | 'external' }
  | { accountType: string[] }
  | { managedBy: 'idp' | 'admins' }
  | { mfa: boolean }
  | { group: string[] }
  | { role: string[] }
  | { email: string[] }
  | { emailDomain: string[] }
  | { access: Selection }
  | { profile: { field: ProfileField; is: string[] } };

export interface Policy {
  version: 1;
  id: string;
  name: string;
  match: Condition;
  stages: { after: string; do: string }[];
  /** Added to every limit of `idle`; 24 hours without it. */
  tolerance?: string;
}

/** What a condition may come out as; Kleene's logic throughout. */
export const FALSE = 0;
export const TRUE = 1;
export const UNKNOWN = 2;
export type Truth = typeof FALSE | typeof TRUE | typeof UNKNOWN;

export const negated = (truth: Truth): Truth => (truth === UNKNOWN ? UNKNOWN : truth === TRUE ? FALSE : TRUE);

/** How many conditions on a person there are, those that combine others not counted. */
export function count(condition: Condition): number {
  if ('all' in condition) return sum(condition.all);
  if ('any' in condition) return sum(condition.any);
  return 'not' in condition ? count(condition.not) : 1;
}

const sum = (conditions: Condition[]) => conditions.reduce((total, condition) => total + count(condition), 0);

/** Roughly what deciding a condition takes: whoever compiles a policy decides the cheap ones first. */
export function cost(condition: Condition): number {
  if ('all' in condition) return condition.all.reduce((total, inner) => total + cost(inner), 1);
  if ('any' in condition) return condition.any.reduce((total, inner) => total + cost(inner), 1);
  if ('not' in condition) return cost(condition.not);
  if ('idle' in condition || 'neverActive' in condition || 'onlyOnce' in condition) return 12;
  if ('group' in condition) return 8;
  if ('access' in condition) return 6;
  if ('added' in condition) return 5;
  if ('email' in condition || 'emailDomain' in condition) return 4;
  return 'profile' in condition ? 3 : 1;
}

export const cheapFirst = (conditions: Condition[]): Condition[] => conditions.toSorted((a, b) => cost(a) - cost(b));
