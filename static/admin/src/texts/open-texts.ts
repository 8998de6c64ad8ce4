import { flat } from './catalogue.ts';
import { textsOf, type Lookup, type Texts } from './texts.ts';

/** Each language of the catalogue by the locale that the manifest names for it; the first stands in for all others. */
export const LOCALES = ['en-US', 'de-DE'] as const;

export type Locale = (typeof LOCALES)[number];

/** The catalogue that suits a viewer best: `de-AT` reads the one of `de-DE`. */
export function catalogueFor(locale: string): Locale {
  const [language] = locale.split('-');
  return LOCALES.find((each) => each.startsWith(`${language}-`)) ?? LOCALES[0];
}

/**
 * The texts for a viewer. Where the platform does not hand them out, the page speaks the English that it was built with,
 * loaded only then.
 */
export async function openTexts(locale: string, translations: (locale: Locale) => Promise<Lookup>): Promise<Texts> {
  try {
    return textsOf(await translations(catalogueFor(locale)), locale);
  } catch {
    return textsOf(await builtIn(), locale);
  }
}

async function builtIn(): Promise<Lookup> {
  const { english } = await import('./en-US/index.ts');
  const table = flat(english);
  return (key) => table[key] ?? '';
}
