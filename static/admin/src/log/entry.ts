import type { StoredEntry } from '../../gen/types';

/** An entry as its canonical JSON tells it (`seatkeeper::audit::Entry`). */
export interface Entry {
  time: string;
  actor: string;
  action: string;
  outcome: string;
  subject?: string;
  subjects?: string[];
  run?: string;
  policy?: string;
  reason?: string;
  approval?: { account: string; reason?: string; reference?: string };
}

/** How actors begin who are people: at the page, by a link that was sent to them, or by trying to log in (`seatkeeper::audit::Actor`). */
const PEOPLE = ['person:', 'link:', 'log-in:'];

/** The account of an actor who is a person. */
export function accountOf(actor: string): string | undefined {
  const kind = PEOPLE.find((kind) => actor.startsWith(kind));
  return kind === undefined ? undefined : actor.slice(kind.length);
}

/** How subjects begin that are no people (`ExemptionSubject::label`). */
const NOT_PEOPLE = ['group:', 'group-name:', 'domain:', 'email:'];

/** The account that was acted on, unless it was something else. */
export const accountInSubject = (subject: string): string | undefined =>
  NOT_PEOPLE.some((kind) => subject.startsWith(kind)) ? undefined : subject;

/** The entry in a stored one; `undefined` where its text is broken, which the verification says more about. */
export function entryOf(stored: StoredEntry): Entry | undefined {
  try {
    return JSON.parse(stored.entry) as Entry;
  } catch {
    return undefined;
  }
}

/** Entries of several pages, newest first and each once: an intent comes with the outcomes that it belongs to. */
export function newestFirst(entries: StoredEntry[]): StoredEntry[] {
  const each = new Map(entries.map((entry) => [entry.seq, entry]));
  return [...each.values()].sort((one, other) => other.seq - one.seq);
}
