import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The five sheets that Jira puts into a page that enables theming, from the design system's own package. */
export const THEMES = ['light', 'dark', 'spacing', 'typography', 'shape', 'motion'] as const;

let sheets: Map<string, string> | undefined;

/** Each theme's style sheet by its name. */
export function themeSheets(): Map<string, string> {
  sheets ??= new Map(THEMES.map((theme) => [theme, readSheet(theme)]));
  return sheets;
}

/** The package ships each theme as a module whose default export is the sheet's text. */
function readSheet(theme: string): string {
  const packageJson = createRequire(import.meta.url).resolve('@atlaskit/tokens/package.json');
  const artifact = join(dirname(packageJson), 'dist/cjs/artifacts/themes', `atlassian-${theme}.js`);
  if (!readFileSync(artifact, 'utf8').includes('exports.default')) throw new Error(`${artifact} changed its shape`);
  return (createRequire(import.meta.url)(artifact) as { default: string }).default;
}
