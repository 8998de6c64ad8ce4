/** What clocks show of an instant in a zone, such as `2026-12-01T07:00`; nothing for a text that is no instant. */
export function localOf(instant: string, timeZone: string): string | undefined {
  if (instant === '') return '';
  const time = Date.parse(instant);
  if (!/T.*(Z|[+-]\d{2}:\d{2})$/.test(instant) || Number.isNaN(time)) return undefined;
  return shown(time, timeZone);
}

/** The instant at which clocks in a zone show a local time: the first of two, and the moment as much later where they skip it. */
export function instantOf(local: string, timeZone: string): string | undefined {
  const asIfUtc = Date.parse(`${local}Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local) || Number.isNaN(asIfUtc)) return undefined;
  // No zone is a day away from UTC, so a change of its clocks around this moment lies between the two.
  const before = asIfUtc - offset(asIfUtc - DAY, timeZone);
  const after = asIfUtc - offset(asIfUtc + DAY, timeZone);
  const shows = (time: number) => time + offset(time, timeZone) === asIfUtc;
  const time = !shows(before) && shows(after) ? after : before;
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

const DAY = 86_400_000;

/** How many milliseconds the clocks of a zone are ahead of UTC at a time. */
function offset(time: number, timeZone: string): number {
  const seconds = Math.floor(time / 1_000) * 1_000;
  return Date.parse(`${shown(seconds, timeZone, true)}Z`) - seconds;
}

/** With the seconds where they are not zero, or are asked for. */
function shown(time: number, timeZone: string, seconds = time % 60_000 !== 0): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: seconds ? 'medium' : 'short',
  });
  return format.format(time).replace(' ', 'T');
}
