/** The figures of the summary. */
import { leastCalls, total, type Extent } from './minimum.ts';
import type { Reading } from './reading.ts';

/** One reading as the summary shows it. */
export function readingFigures(reading: Reading, extent: Extent): Record<string, unknown> {
  const least = leastCalls(extent);
  return {
    api_calls: reading.apiCalls,
    calls_over_minimum: round(reading.apiCalls / total(least), 4),
    seconds: round(reading.seconds, 1),
    cpu_seconds: round(reading.cpuSeconds, 1),
    invocations: reading.invocations,
    failed_invocations: reading.failed,
    gb_s: round(reading.gigabyteSeconds, 2),
    kvs_written_bytes: reading.bytesWritten,
    kvs_read_bytes: reading.bytesRead,
    peak_mb: round(reading.peakMb, 1),
    empty_mb: round(reading.emptyMb, 1),
    list_price_usd_month: round(reading.monthlyPrice, 4),
    waiting: reading.waiting,
    calls: reading.calls,
    minimum: least,
  };
}

/** A reading at the API's own limit: how long it took, against the time in which so many calls are allowed. */
export function limitFigures(reading: Reading, extent: Extent, perMinute: number): Record<string, unknown> {
  // The seats are asked of Jira, which has a limit of its own.
  const pages = total({ ...leastCalls(extent), seats: 0 });
  return {
    requests_per_minute: perMinute,
    pages,
    seconds: round(reading.seconds, 1),
    over_minimum: round(reading.seconds / ((60 * pages) / perMinute), 4),
    refused: reading.refused,
    calls: reading.calls,
  };
}

function round(figure: number, digits: number): number {
  return Number(figure.toFixed(digits));
}
