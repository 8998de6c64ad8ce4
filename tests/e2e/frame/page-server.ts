import express, { type Express } from 'express';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentPolicy, type Permissions } from './policy.ts';
import { themeSheets } from './theme-sheets.ts';
import { translationFile, type Translations } from './translations.ts';

const browserFiles = join(import.meta.dirname, 'browser');

/** What a browser reported as against the page's content security policy. */
export interface Violation {
  directive: string;
  blocked: string;
}

export interface PageServerOptions {
  buildDir: string;
  permissions: Permissions;
  translations: Translations;
  /** The origin of the page around the frame. */
  site: () => string;
  onViolation: (violation: Violation) => void;
}

/**
 * The origin that serves the page: Forge's CDN. The document gets the bridge as a parser-blocking script at its head, as at
 * deployment (there from forge.cdn.prod.atlassian-dev.net, here from this origin), and the policy as its header.
 */
export function pageServer({ buildDir, permissions, translations, site, onViolation }: PageServerOptions): Express {
  const server = express();
  server.disable('x-powered-by');

  server.get(['/', '/index.html'], (_request, response) => {
    const file = join(buildDir, 'index.html');
    if (!existsSync(file)) {
      response.status(404).send('The page is not built: run `make page`.');
      return;
    }
    const document = readFileSync(file, 'utf8');
    response.set('content-security-policy', contentPolicy(document, permissions, site()).header);
    response.set('cache-control', 'no-store');
    response.type('html').send(document.replace('<head>', '<head>\n    <script src="./__frame/bridge.js"></script>'));
  });
  server.get('/__frame/bridge.js', (_request, response) => {
    response.sendFile(join(browserFiles, 'bridge.js'));
  });
  server.get('/__frame/theme/:name.css', (request, response) => {
    const sheet = themeSheets().get(request.params.name);
    if (sheet === undefined) response.sendStatus(404);
    else response.type('css').send(sheet);
  });
  server.get('/__LOCALES__/:name.json', (request, response) => {
    const file = translationFile(translations, request.params.name);
    if (file === undefined) response.sendStatus(404);
    else response.type('json').send(file);
  });
  server.post('/__frame/csp-report', express.json({ type: () => true }), (request, response) => {
    onViolation(violationOf(request.body));
    response.sendStatus(204);
  });
  server.use(express.static(buildDir, { immutable: true, maxAge: '1d' }));
  return server;
}

function violationOf(body: unknown): Violation {
  const report = (body as { 'csp-report'?: Record<string, string> } | null)?.['csp-report'] ?? {};
  return { directive: report['effective-directive'] ?? '', blocked: report['blocked-uri'] ?? '' };
}
