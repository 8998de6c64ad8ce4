import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Request } from './invocation.ts';
import type { ForgeRuntime } from './runtime.ts';

/** What else can be asked of a runtime, by its route, such as `GET /meter`. */
type Views = Record<string, () => unknown>;

/** Serves `POST /invoke` for the cloud's dispatcher, `GET /meter` and other views. Resolves to its URL. */
export async function serveRuntime(
  runtime: ForgeRuntime,
  cloud: string,
  port: number,
  views: Views = {},
): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    answer(runtime, cloud, { 'GET /meter': () => runtime.meter, ...views }, request, response).catch(
      (error: unknown) => {
        send(response, 500, { error: { message: String(error) } });
      },
    );
  });
  // A quiet dispatcher keeps its connection: no half-closed socket meets the next event.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function answer(
  runtime: ForgeRuntime,
  cloud: string,
  views: Views,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const route = `${request.method ?? ''} ${request.url ?? ''}`;
  const view = views[route];
  if (view) send(response, 200, view());
  else if (route === 'POST /invoke') await invoke(runtime, cloud, request, response);
  else send(response, 404, { error: { message: `no such route: ${route}` } });
}

async function invoke(
  runtime: ForgeRuntime,
  cloud: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const invocation = JSON.parse(await text(request)) as Request;
  try {
    send(response, 200, { result: await runtime.invoke(invocation, cloud) });
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    console.error(`${invocation.functionKey} failed:`, error);
    send(response, 500, { error: { message, code } });
  }
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const json = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) });
  response.end(json);
}
