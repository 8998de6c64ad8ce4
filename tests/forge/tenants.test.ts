import { expect, test } from 'vitest';
import { readManifest } from './runtime/manifest.ts';
import { ForgeRuntime } from './runtime/runtime.ts';
import { commandRequest, tickRequest } from './support/invocations.ts';
import { startRecordingCloud, type Received, type RecordingCloud } from './support/recording-cloud.ts';

const runtime = new ForgeRuntime('dist/forge', readManifest('manifest.yml'));

/** The calls of each invocation, in order. */
function callsByInvocation(received: Received[]): string[][] {
  const calls = Map.groupBy(received, ({ invocation }) => invocation);
  return [...calls.values()].map((of) => of.map(({ path }) => path));
}

async function aloneOnce(cloud: RecordingCloud, person: string): Promise<{ tick: string[]; overview: string[] }> {
  await runtime.invoke(tickRequest(), cloud.url);
  const tick = callsByInvocation(cloud.received.splice(0)).flat();
  await runtime.invoke(commandRequest({ command: 'overview' }, person), cloud.url);
  const overview = callsByInvocation(cloud.received.splice(0)).flat();
  return { tick, overview };
}

test('two tenants at once in one process: no call is made in the context of another invocation', async () => {
  const slowly = () => Math.random() * 5;
  const clouds = { a: await startRecordingCloud(slowly), b: await startRecordingCloud(slowly) };
  const { tick, overview } = await aloneOnce(clouds.a, 'a');
  expect(tick.length).toBeGreaterThan(0);
  expect(overview.length).toBeGreaterThan(0);
  const each = 20;
  const all = Array.from({ length: each }, () => [
    runtime.invoke(tickRequest(), clouds.a.url),
    runtime.invoke(tickRequest(), clouds.b.url),
    runtime.invoke(commandRequest({ command: 'overview' }, 'a'), clouds.a.url),
    runtime.invoke(commandRequest({ command: 'overview' }, 'b'), clouds.b.url),
  ]);
  await Promise.all(all.flat());
  for (const [person, cloud] of Object.entries(clouds)) {
    const calls = callsByInvocation(cloud.received).map(String);
    expect(calls.filter((paths) => paths === String(tick))).toHaveLength(each);
    expect(calls.filter((paths) => paths === String(overview))).toHaveLength(each);
    expect(calls).toHaveLength(2 * each);
    const people = new Set(cloud.received.flatMap(({ caller }) => (caller?.startsWith('user:') ? [caller] : [])));
    expect([...people]).toEqual([`user:${person}`]);
    cloud.close();
  }
});
