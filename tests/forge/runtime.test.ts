import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Request } from './runtime/invocation.ts';
import { readManifest } from './runtime/manifest.ts';
import { ForgeRuntime } from './runtime/runtime.ts';
import { startRecordingCloud, type RecordingCloud } from './support/recording-cloud.ts';

const bundle = mkdtempSync(join(tmpdir(), 'handlers-'));
let runtime: ForgeRuntime;
let cloud: RecordingCloud;

beforeAll(async () => {
  writeFileSync(
    join(bundle, 'index.cjs'),
    `
    exports.elsewhere = () => fetch('https://example.com/');
    exports.declared = async () => (await fetch('https://api.atlassian.com/admin/v1/orgs')).status;
    exports.often = async ({ times }) => {
      for (let i = 0; i < times; i += 1) await fetch('https://api.atlassian.com/admin/v1/orgs');
    };
    exports.slow = () => new Promise(() => {});
    exports.nothing = () => undefined;
    exports.fails = () => { throw Object.assign(new Error('broken'), { code: 'BROKEN' }); };
    exports.left = () => __forge_runtime__.lambdaContext.getRemainingTimeInMillis();
    `,
  );
  runtime = new ForgeRuntime(bundle, readManifest('manifest.yml'));
  cloud = await startRecordingCloud();
});
afterAll(() => {
  rmSync(bundle, { recursive: true });
  cloud.close();
});

function invoke(name: string, timeoutSeconds: number, payload: unknown = {}): Promise<unknown> {
  const request: Request = {
    functionKey: name,
    handler: `index.${name}`,
    moduleType: 'consumer',
    moduleKey: 'm',
    timeoutSeconds,
    payload,
    context: {},
  };
  return runtime.invoke(request, cloud.url);
}

test('an address that neither the manifest declares nor an administrator allowed is refused', async () => {
  await expect(invoke('elsewhere', 55)).rejects.toThrow('REQUEST_EGRESS_ALLOWLIST_ERR');
});

test('a declared address reaches the simulated service', async () => {
  await expect(invoke('declared', 55)).resolves.toBe(200);
  expect(cloud.received.at(-1)?.path).toBe('/api.atlassian.com/admin/v1/orgs');
});

test.each([
  [55, 100],
  [60, 100],
  [61, 200],
])('with a time-out of %i s there are %i external calls, not one more', async (timeoutSeconds, allowed) => {
  await expect(invoke('often', timeoutSeconds, { times: allowed })).resolves.toBeNull();
  await expect(invoke('often', timeoutSeconds, { times: allowed + 1 })).rejects.toThrow('external calls');
});

test('an invocation over its time is killed', async () => {
  await expect(invoke('slow', 0.05)).rejects.toThrow('killed');
  expect(runtime.meter['slow']).toMatchObject({ invocations: 1, killed: 1, failed: 0 });
});

test('results are JSON, errors keep message and code', async () => {
  await expect(invoke('nothing', 1)).resolves.toBeNull();
  await expect(invoke('fails', 1)).rejects.toMatchObject({ message: 'broken', code: 'BROKEN' });
});

test('the remaining time counts down from the time-out', async () => {
  const left = await invoke('left', 10);
  expect(left).toBeGreaterThan(9_000);
  expect(left).toBeLessThanOrEqual(10_000);
});
