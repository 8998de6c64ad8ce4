/**
 * Forge's runtime as a process: node main.ts --cloud <url> [--bundle dist/forge] [--manifest manifest.yml] [--port 0]
 *
 * Prints {"url": "http://127.0.0.1:…"} on its first line.
 */
import { parseArgs } from 'node:util';
import { readManifest } from './manifest.ts';
import { TimedRuntime } from './platform-clock.ts';
import { serveRuntime } from './server.ts';

const { values } = parseArgs({
  options: {
    cloud: { type: 'string' },
    bundle: { type: 'string', default: 'dist/forge' },
    manifest: { type: 'string', default: 'manifest.yml' },
    port: { type: 'string', default: '0' },
  },
});
if (!values.cloud) throw new Error('--cloud is missing: give the URL that the simulated cloud printed');
const runtime = new TimedRuntime(values.bundle, readManifest(values.manifest));
const { url } = await serveRuntime(runtime, values.cloud, Number(values.port));
console.log(JSON.stringify({ url }));
