/**
 * Writes the page's catalogue as the platform hands it out, a file for each locale of manifest.yml:
 * node scripts/build/texts.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, flat } from '../../static/admin/src/texts/catalogue.ts';
import { german } from '../../static/admin/src/texts/de-DE/index.ts';
import { english } from '../../static/admin/src/texts/en-US/index.ts';
import type { Locale } from '../../static/admin/src/texts/open-texts.ts';
import { root } from './run.ts';

const catalogues: Record<Locale, Catalogue> = { 'en-US': english, 'de-DE': german };

const folder = join(root, 'locales');
mkdirSync(folder, { recursive: true });
for (const [locale, catalogue] of Object.entries(catalogues)) {
  writeFileSync(join(folder, `${locale}.json`), `${JSON.stringify(flat(catalogue), null, 2)}\n`);
}
