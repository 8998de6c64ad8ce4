import { isObject, listOf, type JsonObject } from '../json';

/** The numbers of the stages that warn people, from 0. */
export const warningStages = (document: JsonObject): number[] =>
  listOf(document['stages']).flatMap((stage, at) =>
    isObject(stage) && listOf(stage['do']).includes('warn') ? [at] : [],
  );
