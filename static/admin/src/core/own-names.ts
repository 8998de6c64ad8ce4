import { Failure } from '../failure';
import type { OwnNames } from '../policies/conditions-in';
import type { Call } from '../protocol';

/** What was looked up of lists and fields: where something is not there, nothing stands beside its name. */
export interface LookedUp {
  lists: ReadonlyMap<string, KnownList | undefined>;
  /** The values by account. */
  fields: ReadonlyMap<string, ReadonlyMap<string, string> | undefined>;
}

interface KnownList {
  imported: string;
  members: readonly string[];
}

/** A list that is imported anew while it is looked up is begun anew so many times. */
const ATTEMPTS = 3;

/** Looks up who is on lists and what fields say of people, slice by slice. */
export async function lookUp(call: Call, names: OwnNames, signal: AbortSignal): Promise<LookedUp> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await everySlice(call, names, signal);
    } catch (cause) {
      if (Failure.from(cause).code !== 'wrong-state' || attempt >= ATTEMPTS) throw cause;
    }
  }
}

async function everySlice(call: Call, names: OwnNames, signal: AbortSignal): Promise<LookedUp> {
  const lists = new Map<string, { imported: string; members: string[] } | undefined>();
  for (const name of names.lists) lists.set(name, undefined);
  const fields = new Map<string, Map<string, string> | undefined>();
  for (const name of names.fields) fields.set(name, undefined);
  let cursor: string | null = null;
  do {
    const slice: Awaited<ReturnType<typeof call<'ownNames'>>> = await call<'ownNames'>({
      command: 'ownNames',
      ...names,
      cursor,
    });
    signal.throwIfAborted();
    for (const { name, imported, members } of slice.lists) {
      const known = lists.get(name);
      if (known) for (const member of members) known.members.push(member);
      else lists.set(name, { imported, members: [...members] });
    }
    for (const name of slice.fields) if (!fields.get(name)) fields.set(name, new Map());
    for (const { account, values } of slice.people) {
      for (const [name, value] of values) fields.get(name)?.set(account, value);
    }
    ({ cursor } = slice);
  } while (cursor !== null);
  return { lists, fields };
}
