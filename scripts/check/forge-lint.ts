import { mkdtempSync, existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigFile, FileSystemReader, FileSystemWriter, type StatsigService } from '@forge/cli-shared';
import { getClientSideLintersOnly, lint, PermissionLinter, type LintLogger, type LintResult } from '@forge/lint';
import { deprecatedRuntimes } from './manifest.ts';

/** Atlassian's own OpenAPI document of Jira, where the checkout lies beside it. */
export const jiraDocument = '../shared/specs/jira-platform-v3.openapi.2026-02-05.json';

/** What `forge lint` finds without a login. */
export interface Findings {
  problems: string[];
  /** Why a linter was left out, if one was. */
  skipped: string | undefined;
}

/** Runs Forge's client-side linters in the current folder. The one that compares calls with scopes needs Jira's document. */
export async function forgeFindings(): Promise<Findings> {
  const reader = new FileSystemReader();
  const manifest = await new ConfigFile(reader, new FileSystemWriter()).readConfig();
  // The CLI asks Atlassian's feature switches for the runtimes; offline the list is given.
  const switches = { getDeprecatedRuntimes: () => Promise.resolve(deprecatedRuntimes) } as unknown as StatsigService;
  const linters = await getClientSideLintersOnly(manifest, 'development', silent, switches);
  const withPermissions = existsSync(jiraDocument);
  if (withPermissions) readDocumentsLocally();
  const chosen = withPermissions ? linters : linters.filter((linter) => !(linter instanceof PermissionLinter));
  const results = await lint(['src/index.ts'], manifest, 'development', silent, switches, {
    linters: chosen,
    linter: { mode: 'client-side' },
  });
  return {
    problems: results.flatMap(texts),
    skipped: withPermissions ? undefined : `the permission linter is skipped: ${jiraDocument} is not there`,
  };
}

const silent: LintLogger = { info: () => undefined };

/** The linter reads local documents only when it is given all of them; the app calls Jira alone. */
function readDocumentsLocally(): void {
  const none = join(mkdtempSync(join(tmpdir(), 'openapi-')), 'none.json');
  writeFileSync(none, '{"paths":{}}');
  for (const product of ['JSM', 'JSW', 'CONF', 'CONF_V2', 'BB']) process.env[`LOCAL_${product}_SWAGGER`] = none;
  process.env['LOCAL_JIRA_SWAGGER'] = jiraDocument;
  process.env['USE_LOCAL_SWAGGER'] = '1';
}

function texts({ file, errors, warnings, approvals }: LintResult): string[] {
  return [...errors, ...warnings, ...approvals].map((problem) => `${file}: ${JSON.stringify(problem)}`);
}
