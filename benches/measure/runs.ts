/**
 * Times and their medians. Time is the processor time of the thread that works: what else the machine does is not counted,
 * and neither is what the collector does on other threads.
 */

/** The garbage of what came before is collected before what comes next is timed (`node --expose-gc`). */
export function collectGarbage(): void {
  globalThis.gc?.();
}

/** Milliseconds that something took, and what it gave. */
export function timed<T>(work: () => T): { ms: number; value: T } {
  const start = process.threadCpuUsage();
  const value = work();
  return { ms: since(start), value };
}

/** The processor's clock moves in steps of some milliseconds: what is quick is done again until it fills many of them. */
const LONG_ENOUGH_MS = 60;

/** Milliseconds that one time of something took, and what the last time gave. */
export function timedOften<T>(work: () => T): { ms: number; value: T } {
  const start = process.threadCpuUsage();
  for (let times = 1; ; times += 1) {
    const value = work();
    const ms = since(start);
    if (ms >= LONG_ENOUGH_MS) return { ms: ms / times, value };
  }
}

export async function timedAsync<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = process.threadCpuUsage();
  const value = await work();
  return { ms: since(start), value };
}

function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

/** The middle one; nothing of nothing. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  const lower = sorted.length % 2 === 0 ? sorted[middle - 1] : upper;
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}

/** Rounded to what the measurement is good for: three digits that count. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

/** How many times as long one took as the other, if both were measured. */
export function ratio(long: number | undefined, short: number | undefined): number | undefined {
  return long === undefined || short === undefined ? undefined : rounded(long / short);
}

export const roundedIf = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : rounded(value);
