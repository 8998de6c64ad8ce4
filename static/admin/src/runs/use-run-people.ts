import { useEffect, useState } from 'react';
import type { Counts, NamedPerson, Run } from '../../gen/types';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import type { Names } from './act-text';

export interface RunPeople {
  people: NamedPerson[];
  /** What groups and sites are called. */
  names: Names;
  counts: Counts | undefined;
  /** Whether all stored parts are here. */
  complete: boolean;
  /** So many of the stored parts are here. */
  loaded: number;
  of: number;
  failure: Failure | undefined;
}

const NOBODY: RunPeople = {
  people: [],
  names: new Map(),
  counts: undefined,
  complete: false,
  loaded: 0,
  of: 0,
  failure: undefined,
};

/** The people of a run's plan, part after part; read anew when the run's figures changed. */
export function useRunPeople(run: Run): RunPeople & { again: () => void } {
  const { backend } = useDesk();
  const [loaded, setLoaded] = useState(NOBODY);
  const [round, setRound] = useState(0);
  const parts = run.plan?.parts ?? 0;
  const version = JSON.stringify([run.state, run.counts]);

  useEffect(() => {
    let stale = false;
    const load = async () => {
      const people: NamedPerson[] = [];
      const names = new Map<string, string>();
      for (let part = 0; part < parts; part += 1) {
        const answer = await backend.call<'runPeople'>({ command: 'runPeople', run: run.id, part });
        if (stale) return;
        people.push(...answer.people);
        for (const [id, name] of answer.names) names.set(id, name);
        const complete = part + 1 === parts;
        // While a newer reading comes in, the last complete one stays.
        setLoaded((last) =>
          complete || !last.complete
            ? {
                people: [...people],
                names,
                counts: answer.counts,
                complete,
                loaded: part + 1,
                of: parts,
                failure: undefined,
              }
            : last,
        );
      }
    };
    load().catch((cause: unknown) => {
      if (!stale) setLoaded((last) => ({ ...last, failure: Failure.from(cause) }));
    });
    return () => {
      stale = true;
    };
  }, [backend, run.id, parts, version, round]);

  return { ...loaded, again: () => setRound((last) => last + 1) };
}
