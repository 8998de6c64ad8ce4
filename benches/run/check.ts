/** Whether a run did what its plan said: everybody once, nobody else, and the log with it. */
import type { StoredEntry } from '../../forge-app/gen/types.ts';
import { doneEntries, firstMisfit } from '../../tests/demonstration/chain.ts';
import { coreHere } from '../../tests/demonstration/core.ts';
import type { Stored, VirtualCloud } from '../bundle/stage.ts';
import type { Scene } from './scene.ts';
import type { Suspensions } from './suspensions.ts';

/** What did not come out as it should; nothing where all did. */
export async function wrongs(cloud: VirtualCloud, { planned }: Scene, { run }: Suspensions): Promise<string[]> {
  const stored = await cloud.stored();
  const entries = (stored.entities['audit'] ?? []).map(({ value }) => value as StoredEntry);
  const suspended = (await cloud.effects())
    .filter(({ what }) => what === 'suspended')
    .map(({ accountId }) => accountId);
  const status = new Map((await cloud.users()).map((user) => [user.accountId, user['status']]));
  const active = planned.filter((account) => (status.get(account) ?? 'suspended') !== 'suspended');
  return [
    ...(run.state === 'done' ? [] : [`the run is ${run.state}: ${run.message ?? 'nothing is said'}`]),
    ...sameOnce('suspended', suspended, planned),
    ...sameOnce('called done in the log', doneEntries(entries, run.id, 'suspend'), planned),
    ...active.map((account) => `${account} is not shown as suspended`),
    ...chain(stored, entries),
  ];
}

/** Everybody of a list is in another one, each once. */
function sameOnce(what: string, found: string[], wanted: string[]): string[] {
  const [have, want] = [new Set(found), new Set(wanted)];
  return [
    ...(have.size === found.length ? [] : [`${found.length - have.size} were ${what} twice`]),
    ...(have.isSubsetOf(want) ? [] : [`${have.difference(want).size} were ${what} who are not in the plan`]),
    ...(want.isSubsetOf(have) ? [] : [`${want.difference(have).size} of the plan were not ${what}`]),
  ];
}

/** The log fits together up to its head, as the core says and computed a second time. */
function chain(stored: Stored, entries: StoredEntry[]): string[] {
  const head = stored.entities['chain']?.[0]?.value as { seq: number; hash: string } | undefined;
  if (!head) return ['the log has no head'];
  entries.sort((one, other) => one.seq - other.seq);
  const { valid } = coreHere().verifyEntries(entries, [head.seq, head.hash]);
  const misfit = firstMisfit(entries);
  return [
    ...(valid ? [] : ['the core says that the log does not verify']),
    ...(misfit === undefined ? [] : [`entry ${misfit} of the log does not fit`]),
  ];
}
