import { readFileSync } from 'node:fs';

/** The manifest's translations: which file holds which locale, and who stands in for whom. */
export interface Translations {
  resources: { key: string; path: string }[];
  fallback: Record<string, string | string[]>;
}

/** What the platform lays beside the page under `__LOCALES__`: an overview, and each locale's file under its key. */
export function translationFile({ resources, fallback }: Translations, name: string): string | undefined {
  if (name === 'i18n-info') return JSON.stringify({ config: { locales: resources.map(({ key }) => key), fallback } });
  const resource = resources.find(({ key }) => key === name);
  return resource && readFileSync(resource.path, 'utf8');
}
