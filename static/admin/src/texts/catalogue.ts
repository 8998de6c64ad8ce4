import type { english } from './en-US/index.ts';

/** A text whose form goes with a number; both languages have these two. */
export interface Plural {
  one: string;
  other: string;
}

/** The texts of one part of the page, by their keys. `{{name}}` stands for a value. */
export type Room = Record<string, string | Plural>;

/** All texts of one language. */
export type Catalogue = Record<string, Room>;

/** A room in another language: the same keys, each of the same kind. */
export type Translation<English extends Room> = {
  [Key in keyof English]: English[Key] extends string ? string : Plural;
};

type English = typeof english;

/** `room.key` of every text. */
export type TextKey = { [R in keyof English]: `${R}.${keyof English[R] & string}` }[keyof English];

/** The English text, or both of its forms, of a key. */
type TextOf<Key extends TextKey> = Key extends `${infer R extends keyof English}.${infer Name}`
  ? English[R][Name & keyof English[R]]
  : never;

type NamesIn<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** Names of the values that a text takes. What has a plural takes the number that decides on it as `count`. */
export type NamesOf<Key extends TextKey> =
  TextOf<Key> extends infer Text ? (Text extends Plural ? 'count' | NamesIn<Text['other']> : NamesIn<Text>) : never;

/** Keys of the texts that take no value. */
export type PlainKey = { [Key in TextKey]: [NamesOf<Key>] extends [never] ? Key : never }[TextKey];

/** What a text is called with after its key: nothing, or its values by name. */
export type ValuesOf<Key extends TextKey, Value> = [NamesOf<Key>] extends [never]
  ? []
  : [values: { [Name in NamesOf<Key>]: Name extends 'count' ? number : Value }];

/** A catalogue as the platform keeps it: one level, a plural's forms as `room.key.one` and `room.key.other`. */
export function flat(catalogue: Catalogue): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [room, entries] of Object.entries(catalogue)) {
    for (const [key, entry] of Object.entries(entries)) {
      if (typeof entry === 'string') texts[`${room}.${key}`] = entry;
      else for (const [form, text] of Object.entries(entry)) texts[`${room}.${key}.${form}`] = text as string;
    }
  }
  return texts;
}
