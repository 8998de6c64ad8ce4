/** The readings that are measured: the first, the next day's, and the next day's again under other conditions. */
import { writeFiles } from '../../tests/demonstration/files.ts';
import { fingerprint } from './fingerprint.ts';
import { limitFigures, readingFigures } from './figures.ts';
import type { Extent } from './minimum.ts';
import { read, type Reading } from './reading.ts';
import { prepare, type Scene } from './scene.ts';
import { BundleStage } from '../bundle/stage.ts';
import { truth, type Truth } from './truth.ts';

const seed = 1;
/** One API call in ten goes wrong, in every way there is. */
const faults = {
  seed: 7,
  tooManyRequests: 0.02,
  serverErrorBefore: 0.02,
  serverErrorAfter: 0.02,
  cutBefore: 0.01,
  cutAfter: 0.01,
  timeoutBefore: 0.005,
  timeoutAfter: 0.005,
  truncated: 0.01,
};
/** When two readings of one day are compared: after both of them, and within the day for which a reading serves. */
const compareAfterMs = 20 * 3_600_000;

type Say = (line: string) => void;

/** The first reading of an organization and those of its next day. */
export async function measureDays(users: number, say: Say): Promise<Record<string, unknown>> {
  const stage = await BundleStage.open(users, seed);
  try {
    await stage.freshRuntime();
    const scene = await prepare(stage.cloud);
    const first = await truthOf(stage, scene);
    const measure = measuring(stage, scene, say);
    const firstReading = await measure('first', extentOf(first, new Set()));
    await stage.cloud.passDay();
    const next = await truthOf(stage, scene);
    return { first: firstReading, ...(await measureNextDay(stage, scene, extentOf(next, first.silent), measure, say)) };
  } finally {
    stage.stop();
  }
}

/** A first reading of an organization whose API allows so few calls that its limit binds. */
export async function measureAtLimit(users: number, perMinute: number, say: Say): Promise<Record<string, unknown>> {
  const stage = await BundleStage.open(users, seed);
  try {
    await stage.freshRuntime();
    const scene = await prepare(stage.cloud);
    const extent = extentOf(await truthOf(stage, scene), new Set());
    await stage.cloud.setCallsPerMinute(perMinute);
    const reading = await read(stage, scene);
    say(`${users} users at ${perMinute} calls a minute: ${line(reading)}`);
    return { users, ...limitFigures(reading, extent, perMinute) };
  } finally {
    stage.stop();
  }
}

type Measure = (name: string, extent: Extent) => Promise<Record<string, unknown>>;

function measuring(stage: BundleStage, scene: Scene, say: Say): Measure {
  return async (name, extent) => {
    const reading = await read(stage, scene);
    say(`${name}: ${line(reading)}`);
    return readingFigures(reading, extent);
  };
}

/** The same day several times, from the same state. */
async function measureNextDay(
  stage: BundleStage,
  scene: Scene,
  extent: Extent,
  measure: Measure,
  say: Say,
): Promise<Record<string, unknown>> {
  const { cloud } = stage;
  const morning = await cloud.now();
  const compared = async () => {
    await cloud.setFaults({});
    await cloud.setLatency('off');
    return fingerprint(cloud, scene.administrator, morning + compareAfterMs);
  };
  const nextDay = await measure('next day', extent);
  const without = await compared();

  await cloud.rewind();
  await cloud.setFaults(faults);
  const nextDayFaults = await measure('next day, one call in ten failing', extent);
  const after = await compared();
  const same = without === after;
  if (!same) {
    writeFiles('target/bench/difference', {
      'without-faults.json': JSON.parse(without) as unknown,
      'with-faults.json': JSON.parse(after) as unknown,
    });
    say('the snapshots differ: target/bench/difference/ has what each of them was compared by');
  }

  const atLatency = async (apiMillis: number) => {
    await cloud.rewind();
    await cloud.setLatency(apiMillis);
    return measure(`next day at ${apiMillis} ms`, extent);
  };
  return {
    next_day: nextDay,
    next_day_faults: nextDayFaults,
    same_after_faults: same ? 1 : 0,
    next_day_100ms: await atLatency(100),
    next_day_1s: await atLatency(1000),
  };
}

/** What there is to read, without leaving a trace: the cloud is as it was before, and keeps that state. */
async function truthOf({ cloud }: BundleStage, scene: Scene): Promise<Truth> {
  await cloud.keep();
  const found = await truth(cloud, scene);
  await cloud.rewind();
  return found;
}

/** Who was asked the day before, and had nothing to report, need not be asked again. */
function extentOf({ silent, ...extent }: Truth, asked: ReadonlySet<string>): Extent {
  return { ...extent, toAsk: [...silent].filter((account) => !asked.has(account)).length };
}

function line({ apiCalls, seconds, invocations, peakMb, bytesWritten }: Reading): string {
  const written = `${Math.round(bytesWritten / 1000)} KB written`;
  return `${apiCalls} calls, ${Math.round(seconds)} s, ${invocations} invocations, ${written}, ${Math.round(peakMb)} MB at most`;
}
