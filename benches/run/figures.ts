import type { Stored } from '../bundle/stage.ts';
import type { Suspensions } from './suspensions.ts';

/** Calls of the organization API a minute under the standard conditions (RULES R19). */
const callsAMinute = 600;

/** The figures that have a bar, and what they are made of. */
export interface RunFigures {
  actions: number;
  api_calls: number;
  calls_per_action: number;
  seconds: number;
  seconds_over_limit_bound: number;
  cpu_seconds: number;
  refused: number;
  kvs_written_bytes_per_action: number;
  plan_bytes_per_action: number;
  kvs_read_bytes_per_action: number;
  invocations: number;
  failed_invocations: number;
  gb_s: number;
  calls: Record<string, number>;
}

/** What a run took, as the summary shows it. Bytes written include the plan, which was written before the release. */
export function runFigures(taken: Suspensions, stored: Stored): RunFigures {
  const actions = taken.run.counts.acted;
  const planBytes = bytesOf(stored, `run:${taken.run.id}:plan:`);
  const bound = (60 * taken.apiCalls) / callsAMinute;
  return {
    actions,
    api_calls: taken.apiCalls,
    calls_per_action: round(taken.apiCalls / actions, 4),
    seconds: round(taken.seconds, 1),
    seconds_over_limit_bound: round(taken.seconds / bound, 4),
    cpu_seconds: round(taken.cpuSeconds, 1),
    refused: taken.refused,
    kvs_written_bytes_per_action: Math.round((taken.bytesWritten + planBytes) / actions),
    plan_bytes_per_action: Math.round(planBytes / actions),
    kvs_read_bytes_per_action: Math.round(taken.bytesRead / actions),
    invocations: taken.work,
    failed_invocations: taken.failed,
    gb_s: round(taken.gigabyteSeconds, 2),
    calls: taken.calls,
  };
}

function bytesOf(stored: Stored, prefix: string): number {
  const parts = stored.plain.filter(({ key }) => key.startsWith(prefix));
  return parts.reduce((sum, { value }) => sum + Buffer.byteLength(JSON.stringify(value)), 0);
}

function round(figure: number, digits: number): number {
  return Number(figure.toFixed(digits));
}
