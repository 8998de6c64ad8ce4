import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** One call that the platform received. */
export interface Received {
  path: string;
  invocation: string | undefined;
  caller: string | undefined;
  body: string;
}

/** A cloud that is empty, takes everything and writes down who asked for what. */
export interface RecordingCloud {
  url: string;
  /** Whether Jira asks for the person's consent before it answers in their name. */
  asksConsent: boolean;
  received: Received[];
  close(): void;
}

/** Starts one. Each answer waits `delayMs()`, so that invocations overlap as they do over a network. */
export async function startRecordingCloud(delayMs: () => number = () => 0): Promise<RecordingCloud> {
  const received: Received[] = [];
  const cloud: RecordingCloud = { url: '', asksConsent: false, received, close: () => void server.close() };
  const server = createServer((request, response) => {
    void (async () => {
      const call = await read(request);
      received.push(call);
      await sleep(delayMs());
      if (cloud.asksConsent && call.path.startsWith('/jira')) {
        response.writeHead(401, { 'forge-proxy-error': 'NEEDS_AUTHENTICATION_ERR' }).end();
        return;
      }
      if (call.path.startsWith('/outside/')) {
        // No administrator allowed anything.
        response.writeHead(403, { 'x-simulated-egress': 'refused' }).end();
        return;
      }
      const [status, body] = answer(call);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    })();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  cloud.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return cloud;
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return {
    path: request.url ?? '',
    invocation: header(request, 'x-simulated-invocation'),
    caller: header(request, 'x-simulated-caller'),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function answer({ path, body }: Received): [number, unknown] {
  if (path.endsWith('/batch/get')) {
    const keys = JSON.parse(body) as { key: string }[];
    const error = { code: 'KEY_NOT_FOUND', message: 'not found' };
    return [200, { successfulKeys: [], failedKeys: keys.map(({ key }) => ({ key, error })) }];
  }
  if (path.endsWith('/get')) return [404, { code: 'KEY_NOT_FOUND', message: 'not found' }];
  if (path.endsWith('/query')) return [200, { data: [] }];
  if (path.startsWith('/forge/queue')) return [201, {}];
  if (path.startsWith('/jira/rest/api/3/mypermissions')) {
    return [200, { permissions: { ADMINISTER: { key: 'ADMINISTER', havePermission: true } } }];
  }
  return [200, {}];
}
