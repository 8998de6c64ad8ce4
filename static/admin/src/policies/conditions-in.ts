import type { Condition } from '../../gen/types';

/** A condition and everything that it is made of. */
export function* conditionsIn(condition: Condition): Generator<Condition> {
  yield condition;
  if ('not' in condition) yield* conditionsIn(condition.not);
  const inner = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [];
  for (const each of inner) yield* conditionsIn(each);
}

/** The organization's own names in conditions: of imported lists, and of fields. */
export interface OwnNames {
  lists: string[];
  fields: string[];
}

/** The lists and fields that conditions name, each once and in order. */
export function ownNames(conditions: readonly Condition[]): OwnNames {
  const lists = new Set<string>();
  const fields = new Set<string>();
  for (const condition of conditions.flatMap((each) => [...conditionsIn(each)])) {
    if ('listed' in condition) lists.add(condition.listed);
    if ('field' in condition) fields.add(condition.field.name);
  }
  return { lists: [...lists].toSorted(), fields: [...fields].toSorted() };
}

/** Whether a condition names any. */
export const namesOwn = (condition: Condition): boolean =>
  [...conditionsIn(condition)].some((each) => 'listed' in each || 'field' in each);
