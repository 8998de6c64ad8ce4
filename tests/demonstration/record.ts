import type { Run, StoredEntry } from '../../forge-app/gen/types.ts';
import type { Message } from './messages.ts';

/** How far the time of a warning's outcome may lie from that in its message: nobody gets two messages a day. */
const mostApartMs = 12 * 3_600_000;

/** What became of one person in a run. */
export interface Deed {
  account: string;
  /** What was done, or was to be: `warn`, `suspend`. */
  what: string;
  /** The time of the outcome's entry in the log. */
  when: string;
  outcome: string;
  /** The number of the message, for a warning that has one. */
  message?: number;
}

/** A run as `run.json` shows it. */
export interface RunRecord {
  id: string;
  policy: string;
  state: string;
  people: Deed[];
}

/** What these read of an entry. */
interface Said {
  time: string;
  run?: string;
  action: string;
  outcome: string;
  subject?: string;
}

/** Each run with who was warned and who was acted on, out of the log; and every warning with its message. */
export function recordOf(
  runs: Run[],
  entries: StoredEntry[],
  messages: Message[],
  addresses: ReadonlyMap<string, string>,
): RunRecord[] {
  const left = [...messages];
  const said = entries.map(({ entry }) => JSON.parse(entry) as Said);
  return runs.map(({ id, policy, state }) => {
    const people = said.filter(({ run }) => run === id).flatMap(deedOf);
    return { id, policy: policy.id, state, people: people.map((deed) => withMessage(deed, left, addresses)) };
  });
}

/** An intent is none yet, and what is said of the run itself names nobody. */
function deedOf({ time, action, outcome, subject }: Said): Deed[] {
  if (outcome === 'intent' || subject === undefined) return [];
  return [{ account: subject, what: action, when: time, outcome }];
}

/** A message belongs to one warning: the first to its address that is about as old as it. */
function withMessage(deed: Deed, left: Message[], addresses: ReadonlyMap<string, string>): Deed {
  if (deed.what !== 'warn') return deed;
  const address = addresses.get(deed.account);
  const belongs = ({ to, sent }: Message) => to === address && Math.abs(Date.parse(deed.when) - sent) <= mostApartMs;
  const at = left.findIndex(belongs);
  const [message] = at < 0 ? [] : left.splice(at, 1);
  return message ? { ...deed, message: message.number } : deed;
}
