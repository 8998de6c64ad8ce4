import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { LinkOutput } from '../../forge-app/gen/types.ts';
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

test('one address is reachable, and those that administrators allow', () => {
  expect(manifest.permissions.external).toEqual({
    fetch: { backend: [{ address: 'https://api.atlassian.com', inScopeEUD: true }] },
    configurable: { enabled: true },
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
  const functions = ['admin', 'answer', 'approval', 'global', 'hint', 'link', 'rejection', 'tick', 'work'];
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

/** Complete, or this does not compile. */
const linkOutputs: Record<LinkOutput, 'a button' | 'a reason and a button' | 'words'> = {
  'ask-keep': 'a reason and a button',
  'ask-keep-de': 'a reason and a button',
  'ask-back': 'a button',
  'ask-back-de': 'a button',
  kept: 'words',
  'kept-de': 'words',
  restoring: 'words',
  'restoring-de': 'words',
  asked: 'words',
  'asked-de': 'words',
  'not-usable': 'words',
  'not-usable-de': 'words',
  'try-later': 'words',
  'try-later-de': 'words',
};

interface Output {
  key: LinkOutput;
  statusCode: number;
  contentType: string;
  body: string;
}

const [linkTrigger] = manifest.modules['webtrigger'] as unknown as {
  key: string;
  response: { type: string; outputs: Output[] };
}[];
const pages = linkTrigger?.response.outputs ?? [];

test('the web trigger of links answers with the pages that the core chooses from, and with no other', () => {
  expect(manifest.modules['webtrigger']).toHaveLength(1);
  expect(linkTrigger).toMatchObject({ key: 'link-trigger', response: { type: 'static' } });
  expect(pages.map(({ key }) => key)).toEqual(Object.keys(linkOutputs));
});

test.each(pages)('the page $key is in its language and needs nothing from elsewhere', ({ key, contentType, body }) => {
  expect(contentType).toBe('text/html; charset=utf-8');
  expect(body.length).toBeLessThanOrEqual(1024);
  expect(body).toContain(`<html lang="${key.endsWith('-de') ? 'de' : 'en'}">`);
  expect(body).not.toMatch(/<script|<style|<link|<img|style=|src=|href=|url\(|\son\w+=|action=/i);
  const kind = linkOutputs[key];
  expect(body.includes('<form method="post">')).toBe(kind !== 'words');
  expect(body.includes('<button>')).toBe(kind !== 'words');
  expect(body.includes('name="reason"')).toBe(kind === 'a reason and a button');
});

test('both languages answer with the same status', () => {
  const statusOf = new Map(pages.map(({ key, statusCode }) => [key as string, statusCode]));
  for (const { key, statusCode } of pages) expect(statusOf.get(key.replace(/-de$/, ''))).toBe(statusCode);
});
