import type { ChainPerson } from '../../gen/types';
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
