import { gigabyteSeconds, monthlyPrice } from './price.ts';
import type { Scene } from './scene.ts';
import type { Meter, SyncStage } from './stage.ts';
import type { InvocationRecord } from './measured-runtime.ts';

const mostOrders = 10;

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
  peakMb: number;
  emptyMb: number;
  monthlyPrice: number;
}

/** Has a fresh container read the organization to the end. */
export async function read(stage: SyncStage, scene: Scene): Promise<Reading> {
  await stage.freshRuntime();
  await stage.cloud.resetMeter();
  const began = await stage.cloud.now();
  await order(scene);
  await stage.cloud.quiet();
  const meter = await stage.cloud.figures();
  const { records, peakMb, emptyMb } = await stage.runtimeFigures();
  return { ...used(meter, records, began), peakMb, emptyMb };
}

/** Asks until it is taken: under faults the answer to the administrator may fail too. */
async function order({ administrator }: Scene): Promise<void> {
  for (let asked = 1; ; asked += 1) {
    try {
      await administrator.command('reading', { command: 'startSync' });
      return;
    } catch (error) {
      if (asked === mostOrders) throw error;
    }
  }
}

function used(meter: Meter, records: InvocationRecord[], began: number): Omit<Reading, 'peakMb' | 'emptyMb'> {
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
