/** How far a run was when it was looked at. */
export interface Look {
  /** In milliseconds. */
  at: number;
  settled: number;
}

export interface Pace {
  /** People a minute. */
  rate: number;
  /** Whole minutes, at least 1. */
  minutesLeft: number;
}

/** Older looks say little of how fast it goes now. */
const WINDOW = 5 * 60_000;
/** Less than this is too little to tell anything from, in milliseconds. */
const LEAST = 3_000;

/** The looks with one more; those that are too old, or before a restart, are dropped. */
export function withLook(looks: readonly Look[], look: Look): Look[] {
  const last = looks.at(-1);
  if (last?.settled === look.settled) return [...looks];
  const kept = last && last.settled > look.settled ? [] : looks.filter(({ at }) => look.at - at <= WINDOW);
  return [...kept, look];
}

/** How fast it goes, and how long what is left takes at that pace; `undefined` before there is anything to tell it from. */
export function paceOf(looks: readonly Look[], steps: number): Pace | undefined {
  const [first] = looks;
  const last = looks.at(-1);
  if (!first || !last || last.at - first.at < LEAST || last.settled <= first.settled) return undefined;
  const perMinute = ((last.settled - first.settled) / (last.at - first.at)) * 60_000;
  const left = Math.max(steps - last.settled, 0);
  return { rate: Math.max(Math.round(perMinute), 1), minutesLeft: Math.max(Math.ceil(left / perMinute), 1) };
}
