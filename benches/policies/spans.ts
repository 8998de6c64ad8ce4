/** Lengths of time as policies write them; times are whole seconds since 1970. */

const SECONDS: Record<string, number> = { h: 3600, d: 86_400, w: 7 * 86_400 };
const MONTHS: Record<string, number> = { mo: 1, y: 12 };

function parts(span: string): { number: number; unit: string } {
  const [, digits = '', unit = ''] = /^(\d+)(h|d|w|mo|y)$/.exec(span) ?? [];
  if (unit === '') throw new Error(`${span} is no length of time`);
  return { number: Number(digits), unit };
}

/** The time this long before another. The 31st less a month ends on the last day of a shorter month. */
export function before(span: string, time: number): number {
  const { number, unit } = parts(span);
  const seconds = SECONDS[unit];
  if (seconds !== undefined) return time - number * seconds;
  const date = new Date(time * 1000);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - number * (MONTHS[unit] ?? 0));
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime() / 1000;
}

/** The seconds of a length that is no calendar unit. */
export function seconds(span: string): number {
  const { number, unit } = parts(span);
  const each = SECONDS[unit];
  if (each === undefined) throw new Error(`${span} has no fixed number of seconds`);
  return number * each;
}
