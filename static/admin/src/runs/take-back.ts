import { useEffect, useState } from 'react';
import type { NamedPerson, Run } from '../../gen/types';
import { useDesk } from '../page/desk';
import type { Call } from '../protocol';
import { atWork, awaitsDecision } from './run-state';

/** Whether a run is over and did something that could be taken back. */
export const didSomething = (run: Run): boolean =>
  !atWork(run) &&
  !awaitsDecision(run) &&
  !run.dry &&
  run.undoes === null &&
  run.plan !== null &&
  run.counts.acted + run.counts.failed > 0;

/** Whether something was done to a person, or may have been. */
export const canBeTakenBack = ({ fate, step }: NamedPerson): boolean =>
  step !== null && (fate === 'verified' || fate === 'acted' || fate === 'failed');

/** The runs that take this one back, newest first, once they are known. */
export function useTakers(run: Run): Run[] {
  const { backend } = useDesk();
  const [found, setFound] = useState<Run[]>([]);
  const wanted = didSomething(run);
  useEffect(() => {
    let stale = false;
    if (!wanted) return;
    takersOf(backend.call, run.id).then(
      (takers) => {
        if (!stale) setFound(takers);
      },
      // The link is a convenience; what it leads to stands in the list of runs.
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [backend, run.id, wanted]);
  return found;
}

/** A run is taken back after it was: the list is read, newest first, until it comes to the run itself. */
async function takersOf(call: Call, id: string): Promise<Run[]> {
  const takers: Run[] = [];
  let cursor: string | null = null;
  do {
    const page: { runs: Run[]; cursor: string | null } = await call<'runs'>({ command: 'runs', cursor });
    takers.push(...page.runs.filter(({ undoes }) => undoes?.run === id));
    cursor = page.runs.some((run) => run.id === id) ? null : page.cursor;
  } while (cursor !== null);
  return takers;
}
