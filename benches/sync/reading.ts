import type { Administrator } from '../../tests/demonstration/administrator.ts';
import { gigabyteSeconds, monthlyPrice } from './price.ts';
import type { Scene } from './scene.ts';
import type { Meter, SyncStage } from './stage.ts';
import type { InvocationRecord } from './measured-runtime.ts';
import type { RuntimeFigures } from './runtime.ts';

const tickSeconds = 300;
/** A little more than an hour: the longest time for which one of Atlassian's quotas stops an app. */
const mostTicksInVain = 13;
const mostQuestions = 10;

/** What one reading took. */
export interface Reading {
  apiCalls: number;
  /** Calls of the two APIs by operation. */
  calls: Record<string, number>;
  /** Answers of both APIs that said 429. */
  refused: number;
  /** From the order to the end of the last invocation: what was waited for, and the processor's time. */
  seconds: number;
  cpuSeconds: number;
  invocations: number;
  /** Invocations that threw or ran out of time; the platform delivers their jobs again. */
  failed: number;
  gigabyteSeconds: number;
  bytesWritten: number;
  bytesRead: number;
  /** People who were still to be asked when nothing went on any more. */
  waiting: number;
  peakMb: number;
  emptyMb: number;
  monthlyPrice: number;
}

/** Has a fresh container read the organization to the end. */
export async function read(stage: SyncStage, { administrator }: Scene): Promise<Reading> {
  await stage.freshRuntime();
  await stage.cloud.resetMeter();
  const began = await stage.cloud.now();
  await patiently(() => administrator.command('reading', { command: 'startSync' }));
  const { meter, runtime, waiting } = await theEnd(stage, administrator);
  const { records, peakMb, emptyMb } = runtime;
  return { ...used(meter, records, began), waiting, peakMb, emptyMb };
}

/** Under faults the answer to an administrator may fail too, and they ask again. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let asked = 1; ; asked += 1) {
    try {
      return await ask();
    } catch (error) {
      if (asked === mostQuestions) throw error;
    }
  }
}

/** What was used up when the reading was over, and nobody waited to be asked any more. */
interface End {
  meter: Meter;
  runtime: RuntimeFigures;
  waiting: number;
}

/** Lets the five-minute trigger fire for as long as that brings the reading on. */
async function theEnd(stage: SyncStage, administrator: Administrator): Promise<End> {
  const { cloud } = stage;
  let seen = '';
  for (let ticksInVain = 0; ; ticksInVain += 1) {
    await cloud.quiet();
    const meter = await cloud.figures();
    const runtime = await stage.runtimeFigures();
    const { reading } = await patiently(() => administrator.command('overview', { command: 'overview' }));
    const waiting = reading.snapshot?.coverage.waiting ?? 0;
    if (reading.progress === null && waiting === 0) return { meter, runtime, waiting };
    const state = JSON.stringify(reading);
    if (state !== seen) ticksInVain = 0;
    if (ticksInVain === mostTicksInVain) return { meter, runtime, waiting };
    seen = state;
    await cloud.wait(tickSeconds);
    await cloud.fireTrigger('tick-schedule');
  }
}

function used(
  meter: Meter,
  records: InvocationRecord[],
  began: number,
): Omit<Reading, 'waiting' | 'peakMb' | 'emptyMb'> {
  const isApi = ([operation]: [string, unknown]) => !/^(storage|queue)\./.test(operation);
  const calls = Object.fromEntries(Object.entries(meter.calls).filter(isApi));
  const answers = Object.entries(meter.answers).filter(isApi);
  const cpuSeconds = records.reduce((sum, record) => sum + record.cpuSeconds, 0);
  const ended = Math.max(began, ...records.map((record) => record.ended));
  const usage = {
    gigabyteSeconds: gigabyteSeconds(records.map((record) => (record.ended - record.began) / 1000 + record.cpuSeconds)),
    bytesRead: meter.storage.bytesRead,
    bytesWritten: meter.storage.bytesWritten,
  };
  return {
    apiCalls: Object.values(calls).reduce((sum, count) => sum + count, 0),
    calls,
    refused: answers.reduce((sum, [, byStatus]) => sum + (byStatus['429'] ?? 0), 0),
    seconds: (ended - began) / 1000 + cpuSeconds,
    cpuSeconds,
    invocations: records.length,
    failed: records.filter(({ failed }) => failed).length,
    ...usage,
    monthlyPrice: monthlyPrice(usage),
  };
}
