import { Fragment, createElement, type ReactNode } from 'react';
import type { TextKey, ValuesOf } from './catalogue.ts';

/** The text of a flat key; empty where there is none. */
export type Lookup = (key: string) => string;

/** The words of the page, in the viewer's language where the catalogue has it. */
export interface Texts {
  /** Which language the texts are in, such as `de`. */
  readonly language: string;
  /** A text with its values; numbers are written as the viewer's locale does. */
  say: <Key extends TextKey>(key: Key, ...values: ValuesOf<Key, string | number>) => string;
  /** A text in which values are elements, such as links and times. */
  show: <Key extends TextKey>(key: Key, ...values: ValuesOf<Key, ReactNode>) => ReactNode;
  /** A number as the viewer's locale writes it. */
  number: (value: number) => string;
}

export type Say = Texts['say'];

/** Between the placeholders, their names. */
const PLACEHOLDER = /\{\{(\w+)\}\}/;

/** `locale` is the viewer's own; it says how numbers are written, while the plural goes with the language of the texts. */
export function textsOf(lookup: Lookup, locale: string): Texts {
  const language = lookup('page.language');
  const plural = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(locale);
  const number = (value: number) => numbers.format(value);

  const partsOf = (key: TextKey, values: Record<string, unknown> | undefined): string[] => {
    const count = values?.['count'];
    const text = lookup(key) || (typeof count === 'number' ? lookup(`${key}.${plural.select(count)}`) : '');
    return (text || key).split(PLACEHOLDER);
  };
  const written = (value: unknown): unknown => (typeof value === 'number' ? number(value) : value);
  const filled = (key: TextKey, values: Record<string, unknown> | undefined): unknown[] =>
    partsOf(key, values).map((part, index) => (index % 2 === 0 ? part : written(values?.[part])));

  return {
    language,
    number,
    say: (key, ...[values]) => filled(key, values).join(''),
    show: (key, ...[values]) => createElement(Fragment, null, ...(filled(key, values) as ReactNode[])),
  };
}
