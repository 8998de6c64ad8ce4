import { useEffect, useMemo, useState } from 'react';
import type { Condition } from '../../gen/types';
import type { Roster } from '../core';
import { lookUp } from '../core/own-names';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import { ownNames, type OwnNames } from './conditions-in';

/** How long typing must rest before names are looked up, in milliseconds. */
const REST = 200;

/** How far the core knows the lists and fields that some policies name. */
export interface KnownNames {
  /** Another one each time the core was told; `undefined` until it knows what these policies name, or cannot. */
  told: object | undefined;
  /** Why it was not told: only a run decides on the names then. */
  failure: Failure | undefined;
}

interface Told {
  roster: Roster;
  names: string;
  failure?: Failure;
}

/** Looks up the lists and fields that conditions name, and tells the core of them. */
export function useOwnNames(roster: Roster | undefined, conditions: readonly Condition[]): KnownNames {
  const { backend } = useDesk();
  const names = useMemo(() => JSON.stringify(ownNames(conditions)), [conditions]);
  const [told, setTold] = useState<Told>();
  useEffect(() => {
    if (!roster || names === NONE) return undefined;
    const leaving = new AbortController();
    const tell = async () => {
      const known = await lookUp(backend.call, JSON.parse(names) as OwnNames, leaving.signal);
      if (leaving.signal.aborted) return;
      roster.know(known);
      setTold({ roster, names });
    };
    const timer = setTimeout(() => {
      tell().catch((cause: unknown) => {
        if (!leaving.signal.aborted) setTold({ roster, names, failure: Failure.from(cause) });
      });
    }, REST);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [backend, roster, names]);
  if (names === NONE) return NOTHING_NAMED;
  const isTold = told?.roster === roster && told?.names === names;
  return { told: isTold ? told : undefined, failure: isTold ? told.failure : undefined };
}

const NONE = JSON.stringify(ownNames([]));
const NOTHING_NAMED: KnownNames = { told: {}, failure: undefined };
