import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { forgeFindings } from '../../scripts/check/forge-lint.ts';
import { manifestProblems } from '../../scripts/check/manifest.ts';
import { LOCALES } from '../../static/admin/src/texts/open-texts.ts';

const manifest = parse(readFileSync('manifest.yml', 'utf8')) as {
  app: {
    storage: { entities: { name: string; indexes?: { name: string; partition: string[]; range: string[] }[] }[] };
  };
  permissions: { external: object; scopes: string[] };
  modules: Record<string, { key: string; function?: string; resolver?: { function: string } }[]>;
  translations: { resources: { key: string; path: string }[]; fallback: Record<string, string> };
};

test("Forge's own validations find nothing", async () => {
  expect(await manifestProblems()).toEqual([]);
});

test("Forge's client-side linters find nothing", async () => {
  const { problems, skipped } = await forgeFindings();
  if (skipped) console.log(skipped);
  expect(problems).toEqual([]);
});

test('the log has its seven indexes, each with the time as range', () => {
  const indexes = manifest.app.storage.entities.find(({ name }) => name === 'audit')?.indexes;
  const by = ['subject', 'run', 'actor', 'action', 'outcome', 'policy', 'month'];
  expect(indexes).toEqual(by.map((name) => ({ name: `by-${name}`, partition: [name], range: ['time'] })));
});

test('one address is reachable', () => {
  expect(manifest.permissions.external).toEqual({
    fetch: { backend: [{ address: 'https://api.atlassian.com', inScopeEUD: true }] },
  });
});

test('each function serves modules of one kind, so that each keeps its own time limit', () => {
  const kinds = new Map<string, Set<string>>();
  for (const [kind, modules] of Object.entries(manifest.modules)) {
    for (const { function: direct, resolver } of modules) {
      const used = direct ?? resolver?.function;
      if (used && kind !== 'function') kinds.set(used, (kinds.get(used) ?? new Set()).add(kind));
    }
  }
  const functions = ['admin', 'answer', 'approval', 'global', 'hint', 'rejection', 'tick', 'work'];
  expect([...kinds.keys()].sort()).toEqual(functions);
  for (const used of kinds.values()) expect(used.size).toBe(1);
});

test('events about users are taken, and the scopes are those that the code calls', () => {
  const [trigger] = manifest.modules['trigger'] as unknown as { events: string[] }[];
  expect(trigger?.events).toEqual(['created', 'updated', 'deleted'].map((what) => `avi:jira:${what}:user`));
  expect(manifest.permissions.scopes).toEqual([
    'storage:app',
    'read:jira-work',
    'write:jira-work',
    'read:jira-user',
    'read:group:jira',
    'read:user:jira',
    'read:avatar:jira',
    'read:application-role:jira',
    'read:license:jira',
    'report:personal-data',
  ]);
});

test("the translations are the catalogue's languages, and its first stands in for the others", () => {
  const resources = LOCALES.map((key) => ({ key, path: `locales/${key}.json` }));
  expect(manifest.translations).toEqual({ resources, fallback: { default: LOCALES[0] } });
});
