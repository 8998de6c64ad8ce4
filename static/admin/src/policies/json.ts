export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [field: string]: Json;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isTexts = (value: Json | undefined): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/** A document's object; nothing where the text is none. */
export function readDocument(text: string): JsonObject | undefined {
  const value = readJson(text);
  return isObject(value) ? value : undefined;
}

export function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The same object with one field changed; without it where the value is `undefined`. Everything else stays as it was. */
export function withField(object: JsonObject, field: string, value: Json | undefined): JsonObject {
  return value === undefined ? othersOf(object, [field]) : { ...object, [field]: value };
}

/** The fields that a form does not show. */
export function othersOf(object: JsonObject, shown: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([field]) => !shown.includes(field)));
}

/** The list with one item changed, or without it. */
export const withItem = <T>(list: readonly T[], at: number, item: T | undefined): T[] =>
  item === undefined ? list.toSpliced(at, 1) : list.with(at, item);

/** A text, where the value is one. */
export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** One value, or a list of them, as some fields take both. */
export const listOf = (value: Json | undefined): Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
