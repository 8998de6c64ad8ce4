/**
 * Forge's runtime with the built bundle as a process of its own, on the cloud's virtual time: node runtime.ts --cloud <url>
 *
 * Prints {"url": …} on its first line. `GET /figures` answers with every invocation and the process's memory.
 */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readManifest } from '../../tests/forge/runtime/manifest.ts';
import { serveRuntime } from '../../tests/forge/runtime/server.ts';
import { MeasuredRuntime, type InvocationRecord } from './measured-runtime.ts';
import { VirtualTime } from './virtual-time.ts';

/** What `GET /figures` answers. */
export interface RuntimeFigures {
  records: InvocationRecord[];
  /** The most memory that the process ever had, in MB of 10^6 bytes. */
  peakMb: number;
  /** The same when the bundle was loaded and nothing had run. */
  emptyMb: number;
}

const { values } = parseArgs({ options: { cloud: { type: 'string' } } });
if (!values.cloud) throw new Error('--cloud is missing: give the URL that the simulated cloud printed');

const peakMb = () => (process.resourceUsage().maxRSS * 1024) / 1e6;
const bundle = 'dist/forge';
const time = new VirtualTime();
time.install(values.cloud);
const runtime = new MeasuredRuntime(bundle, readManifest('manifest.yml'), time);
createRequire(import.meta.url)(resolve(bundle, 'index.cjs'));
const emptyMb = peakMb();
const figures = (): RuntimeFigures => ({ records: runtime.records, peakMb: peakMb(), emptyMb });
const { url } = await serveRuntime(runtime, values.cloud, 0, { 'GET /figures': figures });
console.log(JSON.stringify({ url }));
