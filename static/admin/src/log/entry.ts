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

const PERSON = 'person:';

/** The account of an actor who is a person. */
export const accountOf = (actor: string): string | undefined =>
  actor.startsWith(PERSON) ? actor.slice(PERSON.length) : undefined;

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
