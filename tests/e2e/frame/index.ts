import type { Express } from 'express';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'yaml';
import { jiraServer } from './jira-server.ts';
import { pageServer, type Violation } from './page-server.ts';
import { contentPolicy, type Permissions } from './policy.ts';
import type { Translations } from './translations.ts';

/** What the frame reads of the app's manifest. */
export interface FrameManifest {
  modules: Record<string, { key: string }[] | undefined>;
  translations: Translations;
  permissions: Permissions;
}

export interface FrameOptions {
  /** The simulated cloud, which answers resolver calls at `/control/invoke`. */
  cloudUrl: string;
  /** The built page. */
  buildDir: string;
  /** The app's manifest, or where it lies. */
  manifest: string | FrameManifest;
  /** Port of the page around the frame; 0 or nothing for a free one. */
  port?: number;
}

export interface Frame {
  /** Where to look at it; `?as=<accountId>`, `&module=<key>`, `&theme=dark` and `&locale=de_DE` choose who, which module and how. */
  url: string;
  /** What browsers reported as against the page's content security policy. */
  violations: Violation[];
  stop(): Promise<void>;
}

const PAGE_MODULES = ['jira:adminPage', 'jira:globalPage'];

/** The Custom UI frame as Jira gives it: a page of one origin, and in it, sandboxed, the app's page from another. */
export async function startFrame({ cloudUrl, buildDir, port = 0, ...options }: FrameOptions): Promise<Frame> {
  const manifest = typeof options.manifest === 'string' ? readManifest(options.manifest) : options.manifest;
  const violations: Violation[] = [];
  const urls = { jira: '', page: '' };
  const policy = () =>
    contentPolicy(readFileSync(join(buildDir, 'index.html'), 'utf8'), manifest.permissions, urls.jira);

  const page = pageServer({
    buildDir,
    permissions: manifest.permissions,
    translations: manifest.translations,
    site: () => urls.jira,
    onViolation: (violation) => violations.push(violation),
  });
  const jira = jiraServer({
    cloudUrl,
    modules: PAGE_MODULES.flatMap((type) => manifest.modules[type] ?? []).map((module) => module.key),
    page: () => `${urls.page}/index.html`,
    sandbox: () => policy().sandbox,
    siteUrl: 'https://acme.atlassian.net',
  });
  const servers = [await listen(page, 0), await listen(jira, port)] as const;
  urls.page = urlOf(servers[0]);
  urls.jira = urlOf(servers[1]);
  return {
    url: urls.jira,
    violations,
    stop: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

export const readManifest = (path: string): FrameManifest => parse(readFileSync(path, 'utf8')) as FrameManifest;

function listen(server: Express, port: number): Promise<Server> {
  return new Promise((listening, failed) => {
    const started = server.listen(port, '127.0.0.1', () => {
      listening(started);
    });
    started.once('error', failed);
  });
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function close(server: Server): Promise<void> {
  return new Promise((closed) => {
    server.close(() => {
      closed();
    });
    server.closeAllConnections();
  });
}
