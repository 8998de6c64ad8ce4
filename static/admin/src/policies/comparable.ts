import { documentText } from './document-text';
import { isObject, readDocument, type Json, type JsonObject } from './json';

/** A document as the editor writes it, with the fields within its parts by name: their order says nothing. */
export function comparable(text: string): string {
  const document = readDocument(text);
  return document ? documentText(byName(document)) : text;
}

const byName = (object: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(object)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([field, value]) => [field, inside(value)]),
  );

function inside(value: Json): Json {
  if (Array.isArray(value)) return value.map(inside);
  return isObject(value) ? byName(value) : value;
}
