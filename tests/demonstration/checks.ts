import type { LogVerification, Run, StoredEntry } from '../../forge-app/gen/types.ts';
import { doneEntries, firstMisfit, unannounced } from './chain.ts';
import type { Changes } from './changes.ts';
import type { Expected } from './recompute.ts';

/** Everything that a run left behind. */
export interface Evidence {
  run: Run;
  changes: Changes;
  expected: Expected;
  entries: StoredEntry[];
  verification: LogVerification;
  /** How many people the organization has. */
  users: number;
}

/** One check: what must hold, and what was found where it does not. */
export interface Check {
  claim: string;
  found: string | undefined;
}

/** Judges a run by its evidence. */
export function judge(evidence: Evidence): Check[] {
  const { run, changes, expected, entries, verification, users } = evidence;
  const { counts } = run;
  const { exempt, skipped, acted, failed, verified } = counts;
  return [
    same('the run is done', run.state, 'done'),
    same('everybody in the organization was read', counts.users, users),
    sets('exactly the people that a separate computation names were suspended', changes.suspended, expected.suspend),
    same('nothing else changed about anybody', changes.others.join('\n'), ''),
    same('as many match as computed', counts.matched, expected.matched),
    same('as many are not known as computed', counts.unknown, expected.unknown),
    same('as many are exempt as computed', exempt, expected.exempt),
    same('as many are protected as computed', counts.protected, expected.protected),
    same('each matched person is counted once', exempt + counts.protected + skipped + acted + failed, counts.matched),
    same('every action was read back', verified, acted),
    sets('the log has one "done" for each person, and no other', ...logged(entries, run.id, changes.suspended)),
    same('each was announced by an intent before', unannounced(entries, run.id, 'suspend').join(', '), ''),
    ...chainHolds("the log's chain", entries, verification),
  ];
}

/** The chain is judged twice. */
export function chainHolds(chain: string, entries: StoredEntry[], verification: LogVerification): Check[] {
  const misfit = firstMisfit(entries);
  return [
    same(`${chain} holds, as the core says`, verification.valid, true),
    same(`${chain} holds, computed a second time`, misfit === undefined ? 'whole' : `entry ${misfit}`, 'whole'),
  ];
}

export function same<T>(claim: string, found: T, wanted: T): Check {
  return { claim, found: found === wanted ? undefined : `${String(found)} instead of ${String(wanted)}` };
}

export function sets(claim: string, found: Iterable<string>, wanted: Iterable<string>): Check {
  const [have, want] = [new Set(found), new Set(wanted)];
  const wrong = [...have.difference(want)].map((id) => `${id} should not be there`);
  const missing = [...want.difference(have)].map((id) => `${id} is missing`);
  const differences = [...wrong, ...missing];
  return { claim, found: differences.length > 0 ? differences.join('\n') : undefined };
}

/** The people whom the log calls done, twice if it does so twice, beside those who were suspended. */
function logged(entries: StoredEntry[], run: string, suspended: Set<string>): [string[], string[]] {
  const count = new Map<string, number>();
  const numbered = doneEntries(entries, run, 'suspend').map((id) => {
    count.set(id, (count.get(id) ?? 0) + 1);
    return `${id} (${count.get(id) ?? 0})`;
  });
  return [numbered, [...suspended].map((id) => `${id} (1)`)];
}
