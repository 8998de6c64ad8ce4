import type { ChainPerson } from '../../gen/types';
import { Failure } from '../failure';
import type { Call } from '../protocol';

/** Everybody in the stages of a policy, as its last run left them: the stored parts one after the other. */
export async function peopleInStages(call: Call, policy: string, isStale: () => boolean): Promise<ChainPerson[]> {
  const people: ChainPerson[] = [];
  for (let part = 0, parts = 1; part < parts && !isStale(); part += 1) {
    const page = await call<'chain'>({ command: 'chain', policy, part });
    parts = page.parts;
    people.push(...page.people);
  }
  return people;
}

/** How many are in the stages of a policy: nobody where there is no such policy yet, `undefined` where it cannot be told. */
export async function countInStages(call: Call, policy: string): Promise<number | undefined> {
  try {
    return (await peopleInStages(call, policy, () => false)).length;
  } catch (cause) {
    return Failure.from(cause).code === 'not-found' ? 0 : undefined;
  }
}
