import type { JsonObject } from '../../json';

/** Under this name stand the words for people of all languages that have none of their own. */
export const OTHERS = 'default';

/** The languages that profiles of Atlassian can have. */
const LANGUAGES = [
  ...['cs', 'da', 'de', 'en', 'es', 'et', 'fi', 'fr', 'hu', 'is', 'it', 'ja', 'ko', 'nl', 'no', 'pl', 'pt', 'pt-BR'],
  ...['ro', 'ru', 'sk', 'sv', 'th', 'tr', 'uk', 'vi', 'zh-CN', 'zh-TW'],
] as const;

/** Those in which a message is not worded yet. */
export const freeLanguages = (texts: JsonObject): string[] => LANGUAGES.filter((language) => !(language in texts));

/** A language as its readers call it. */
export function languageName(language: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(language) ?? language;
  } catch {
    // What is no language is shown as it was written, for the core to judge.
    return language;
  }
}
