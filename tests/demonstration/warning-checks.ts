import type { LogVerification, StoredEntry } from '../../forge-app/gen/types.ts';
import type { Changes } from './changes.ts';
import { chainHolds, same, sets, type Check } from './checks.ts';
import type { Message } from './messages.ts';
import type { Deed, RunRecord } from './record.ts';

const dayMs = 86_400_000;

/** Everything that a policy that warns first left behind. */
export interface WarningEvidence {
  /** Its runs, the oldest first. */
  runs: RunRecord[];
  /** Whom the first of them must warn. */
  toWarn: Set<string>;
  /** Every message in any inbox. */
  messages: Message[];
  /** Everybody's address, as the organization shows it, by account. */
  addresses: ReadonlyMap<string, string>;
  /** The days between the warning and what follows. */
  graceDays: number;
  /** Who used a product after the warning of the first run. */
  cameBack: string[];
  /** What each run changed. The grace of the first run's warnings is over in the last one. */
  changes: Changes[];
  entries: StoredEntry[];
  verification: LogVerification;
}

/** Judges warnings and what followed. */
export function judgeWarnings(evidence: WarningEvidence): Check[] {
  const { runs, toWarn, messages, addresses, graceDays, cameBack, changes, entries, verification } = evidence;
  const [warned, taken] = doneOf(runs.flatMap(({ people }) => people));
  const [firstWarned] = doneOf(runs[0]?.people ?? []);
  const within = changes.slice(0, -1).flatMap(({ suspended }) => [...suspended]);
  const after = changes.at(-1)?.suspended ?? new Set();
  const others = changes.flatMap((each) => each.others);
  const expected = new Set(firstWarned.map(name)).difference(new Set(cameBack));
  return [
    same('every run of the policy that warns first is done', unlike(runs, 'done'), ''),
    sets('the first warns exactly whom a separate computation names and mail can reach', firstWarned.map(name), toWarn),
    addressed(warned, messages, addresses),
    same('each warning has a message of its time', unmatched(warned), ''),
    same('nobody is acted on without a warning and the whole grace since', hasty(warned, taken, graceDays), ''),
    sets('while the grace was not over, nobody lost anything', within, []),
    sets('after it, exactly those lost their access who were warned and did not come back', after, expected),
    sets('the log says so once of each', numbered(taken.map(name)), numbered([...within, ...after])),
    same('these runs changed nothing else about anybody', others.join('\n'), ''),
    ...chainHolds("the whole log's chain", entries, verification),
  ];
}

/** Who was warned, and who was acted on. */
function doneOf(deeds: Deed[]): [Deed[], Deed[]] {
  const done = deeds.filter(({ outcome }) => outcome === 'done');
  return [done.filter(({ what }) => what === 'warn'), done.filter(({ what }) => what !== 'warn')];
}

function name({ account }: Deed): string {
  return account;
}

function unmatched(warned: Deed[]): string {
  const without = warned.filter(({ message }) => message === undefined);
  return without.map(name).join(', ');
}

function unlike(runs: RunRecord[], wanted: string): string {
  const wrong = runs.filter(({ state }) => state !== wanted);
  return wrong.map(({ id, state }) => `${id} is ${state}`).join(', ');
}

/** Looks at addresses alone, whatever the cloud says about whose inbox it is. */
function addressed(warned: Deed[], messages: Message[], addresses: ReadonlyMap<string, string>): Check {
  const wanted = warned.map(({ account }) => addresses.get(account) ?? `the hidden address of ${account}`);
  const claim = 'everybody who was warned has one message at their address, and nobody else has one';
  return sets(claim, numbered(messages.map(({ to }) => to)), numbered(wanted));
}

/** Whoever was acted on too early, or without a word. */
function hasty(warned: Deed[], taken: Deed[], graceDays: number): string {
  const isTold = ({ account, when }: Deed) =>
    warned.some((one) => one.account === account && Date.parse(when) - Date.parse(one.when) >= graceDays * dayMs);
  return taken
    .filter((deed) => !isTold(deed))
    .map(({ account, what, when }) => `${what} of ${account} at ${when}`)
    .join('\n');
}

/** The same name twice is two names. */
function numbered(names: string[]): string[] {
  const count = new Map<string, number>();
  return names.map((each) => {
    count.set(each, (count.get(each) ?? 0) + 1);
    return `${each} (${count.get(each) ?? 0})`;
  });
}
