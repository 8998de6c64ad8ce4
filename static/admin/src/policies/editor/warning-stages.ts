import { isObject, listOf, textOf, type Json, type JsonObject } from '../json';

/** The numbers of the stages that warn people, from 0. */
export const warningStages = (document: JsonObject): number[] =>
  listOf(document['stages']).flatMap((stage, at) =>
    isObject(stage) && listOf(stage['do']).includes('warn') ? [at] : [],
  );

/** So many days before something happens people are reminded of it. */
const REMINDER_DAYS = [14, 7, 1];

export interface Reminders {
  /** How many days before. */
  days: number[];
  /** The stages with them. */
  stages: Json[];
}

/**
 * The reminders that a row of warnings could have before what follows it; nothing where it has them, where nothing follows,
 * and where the times are not whole days.
 */
export function remindersFor(stages: readonly Json[], at: number): Reminders | undefined {
  const warning = stages[at];
  if (!isObject(warning) || !onlyWarns(warning) || onlyWarns(stages[at - 1])) return undefined;
  const end = stages.findIndex((stage, place) => place > at && !onlyWarns(stage));
  const [first, last] = [daysAfter(warning), daysAfter(stages[end])];
  if (first === undefined || last === undefined) return undefined;
  const row = stages.slice(at, end);
  const there = row.map(daysAfter);
  const days = REMINDER_DAYS.filter((before) => last - before > first && !there.includes(last - before));
  if (days.length === 0 || there.includes(undefined)) return undefined;
  const reminders = days.map((before) => ({ ...warning, after: `${last - before}d` }));
  const inTime = [...row, ...reminders].toSorted((one, other) => (daysAfter(one) ?? 0) - (daysAfter(other) ?? 0));
  return { days, stages: [...stages.slice(0, at), ...inTime, ...stages.slice(end)] };
}

const onlyWarns = (stage: Json | undefined): boolean => {
  const actions = isObject(stage) ? listOf(stage['do']) : [];
  return actions.length === 1 && actions[0] === 'warn';
};

const daysAfter = (stage: Json | undefined): number | undefined => {
  const days = isObject(stage) ? /^(\d{1,4})d$/.exec(textOf(stage['after']))?.[1] : undefined;
  return days === undefined ? undefined : Number(days);
};
