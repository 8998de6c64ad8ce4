/** What a piece of the app's work used up, by the cloud's meter and the runtime's records. */
import type { InvocationRecord } from './measured-runtime.ts';
import { gigabyteSeconds } from './price.ts';
import type { Meter } from './stage.ts';

/** What was used up from a moment on. */
export interface Used {
  apiCalls: number;
  /** Calls of the two APIs by operation. */
  calls: Record<string, number>;
  /** Answers of both APIs that said 429. */
  refused: number;
  /** From that moment to the end of the last invocation: what was waited for, and the processor's time. */
  seconds: number;
  cpuSeconds: number;
  invocations: number;
  /** Invocations that threw or ran out of time; the platform delivers their jobs again. */
  failed: number;
  gigabyteSeconds: number;
  bytesWritten: number;
  bytesRead: number;
}

/** Sums up what the meter counted and the invocations took since a moment, in milliseconds since 1970. */
export function usedSince(began: number, meter: Meter, records: readonly InvocationRecord[]): Used {
  const isApi = ([operation]: [string, unknown]) => !/^(storage|queue)\./.test(operation);
  const calls = Object.fromEntries(Object.entries(meter.calls).filter(isApi));
  const answers = Object.entries(meter.answers).filter(isApi);
  const cpuSeconds = records.reduce((sum, record) => sum + record.cpuSeconds, 0);
  const ended = Math.max(began, ...records.map((record) => record.ended));
  return {
    apiCalls: Object.values(calls).reduce((sum, count) => sum + count, 0),
    calls,
    refused: answers.reduce((sum, [, byStatus]) => sum + (byStatus['429'] ?? 0), 0),
    seconds: (ended - began) / 1000 + cpuSeconds,
    cpuSeconds,
    invocations: records.length,
    failed: records.filter(({ failed }) => failed).length,
    gigabyteSeconds: gigabyteSeconds(records.map((record) => (record.ended - record.began) / 1000 + record.cpuSeconds)),
    bytesRead: meter.storage.bytesRead,
    bytesWritten: meter.storage.bytesWritten,
  };
}
