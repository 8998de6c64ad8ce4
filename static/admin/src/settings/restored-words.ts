import type { Notices } from '../../gen/types';
import { OTHERS } from '../policies/editor/field/languages';
import { isObject, type Json } from '../policies/json';

/** Own words as the question shows them: one text where there is one for everybody. */
export function shownWords({ restoredWords = {} }: Pick<Notices, 'restoredWords'>): Json | undefined {
  const languages = Object.keys(restoredWords);
  return languages.every((language) => language === OTHERS) ? restoredWords[OTHERS] : restoredWords;
}

/** And as they are stored. */
export function storedWords(value: Json | undefined): Record<string, string> {
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([language, text]) => [language, trimmed(text)]));
  }
  const text = trimmed(value);
  return text === '' ? {} : { [OTHERS]: text };
}

const trimmed = (text: Json | undefined): string => (typeof text === 'string' ? text.trim() : '');
