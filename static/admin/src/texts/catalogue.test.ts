import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { flat } from './catalogue';
import { german } from './de-DE';
import { english } from './en-US';
import { LOCALES, catalogueFor, openTexts } from './open-texts';
import { textsOf } from './texts';

const texts = { 'en-US': flat(english), 'de-DE': flat(german) };

const placeholdersOf = (text: string | undefined): string[] => (text?.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('the catalogue', () => {
  test.each(LOCALES)('has every text in %s, with the values of the English one', (locale) => {
    const missing = Object.entries(texts['en-US']).filter(([key, text]) => {
      const translated = texts[locale][key];
      return !translated?.trim() || placeholdersOf(translated).join() !== placeholdersOf(text).join();
    });
    expect(missing).toEqual([]);
    expect(Object.keys(texts[locale]).sort()).toEqual(Object.keys(texts['en-US']).sort());
  });

  test('names each value as the page fills it in', () => {
    const odd = Object.values(texts).flatMap((table) =>
      Object.values(table).filter((text) => /[{}]/.test(text.replaceAll(/\{\{\w+\}\}/g, ''))),
    );
    expect(odd).toEqual([]);
  });

  test('has no text that nothing shows', () => {
    const used = usedIn(join(import.meta.dirname, '..'));
    const keys = Object.entries(english).flatMap(([room, entries]) =>
      Object.keys(entries).map((key) => `${room}.${key}`),
    );
    expect(keys.filter((key) => !used(key))).toEqual([]);
  });
});

/** Whether a key stands in the sources, whole or as a pattern such as `runs.state.${state}`. */
function usedIn(folder: string): (key: string) => boolean {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/(^|\/)(en-US|de-DE)\/|\.test\./.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const whole = new Set(sources.match(/(?<=')[a-z]+\.[\w.-]+(?=')/g));
  const patterns = (sources.match(/(?<=`)[a-z]+\.[\w.-]*\$\{[\w.]+\}[\w.-]*(?=`)/g) ?? []).map(
    (pattern) => new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/\$\{[^}]+\}/, '[\\w-]+')}$`),
  );
  return (key) => whole.has(key) || patterns.some((pattern) => pattern.test(key));
}

describe('a text', () => {
  const table = (locale: keyof typeof texts) => textsOf((key) => texts[locale][key] ?? '', locale);

  test('counts as its language does, and writes numbers as the viewer does', () => {
    const { say } = table('de-DE');
    expect(say('shown.people', { count: 1 })).toBe('1 Person');
    expect(say('shown.people', { count: 12_000 })).toBe('12.000 Personen');
    expect(table('en-US').say('shown.people', { count: 12_000 })).toBe('12,000 people');
    const swissReader = textsOf((key) => texts['en-US'][key] ?? '', 'fr-CH');
    expect(swissReader.say('shown.people', { count: 0 })).toBe('0 people');
  });

  test('comes in the language of the viewer, else in English', () => {
    expect(['de-DE', 'de-AT', 'de', 'en-GB', 'fr-FR', ''].map(catalogueFor)).toEqual([
      'de-DE',
      'de-DE',
      'de-DE',
      'en-US',
      'en-US',
      'en-US',
    ]);
  });

  test('is there even where the platform hands out none', async () => {
    const { say, language } = await openTexts('de-DE', () => Promise.reject(new Error('offline')));
    expect([say('shown.cancel'), language]).toEqual(['Cancel', 'en']);
  });
});
