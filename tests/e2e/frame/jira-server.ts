import express, { type Express } from 'express';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choosablePeople } from './people.ts';

const browserFiles = join(import.meta.dirname, 'browser');

/** What the platform lets through from page to function. */
const MAX_REQUEST_BYTES = 500 * 1024;

export interface JiraServerOptions {
  cloudUrl: string;
  /** Modules that show the page, the first by default. */
  modules: string[];
  /** The frame's document. */
  page: () => string;
  sandbox: () => string;
  siteUrl: string;
}

/** The origin of the page around the frame: Jira's, with one page in it. */
export function jiraServer({ cloudUrl, modules, page, sandbox, siteUrl }: JiraServerOptions): Express {
  const server = express();
  server.disable('x-powered-by');

  server.get('/', (_request, response) => {
    const document = readFileSync(join(browserFiles, 'jira.html'), 'utf8')
      .replace('{{page}}', page())
      .replace('{{sandbox}}', sandbox());
    response.set('cache-control', 'no-store').type('html').send(document);
  });
  server.get(['/jira.js', '/jira.css'], (request, response) => {
    response.sendFile(join(browserFiles, request.path.slice(1)));
  });
  server.get('/site', async (_request, response) => {
    response.json({ people: await choosablePeople(cloudUrl), modules, siteUrl });
  });
  server.post('/invoke', express.json({ limit: MAX_REQUEST_BYTES }), async (request, response) => {
    const answer = await fetch(`${cloudUrl}/control/invoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request.body),
    });
    response
      .status(answer.status)
      .type('json')
      .send(await answer.text());
  });
  server.all('/egress', express.json(), async (request, response) => {
    const init = { method: request.method, headers: { 'content-type': 'application/json' } };
    const body = request.method === 'GET' ? {} : { body: JSON.stringify(request.body) };
    const answer = await fetch(`${cloudUrl}/control/egress`, { ...init, ...body });
    response.status(answer.status).send(await answer.text());
  });
  return server;
}
