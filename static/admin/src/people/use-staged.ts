import { useEffect, useMemo, useState } from 'react';
import type { ChainPerson } from '../../gen/types';
import type { Roster } from '../core';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import { peopleInStages } from '../policies/chain-people';
import { STAGED } from './query';
import { standingAt } from './standing';

/** Who is in a policy's stages. */
interface Chain {
  policy: string;
  people: ChainPerson[];
  failure?: Failure;
}

/** Whom the filter by stage means, as the core's set. */
export interface Staged {
  /** Everybody in the policy's stages; `undefined` until they are here. */
  people: ChainPerson[] | undefined;
  failure: Failure | undefined;
  /** Another one for each set that the core was told; `undefined` until it was told the one that is asked for. */
  told: object | undefined;
}

/** Loads the stages of a policy when they are asked for, and tells the core who stands there. */
export function useStaged(roster: Roster, policy: string | undefined, stage: string | undefined): Staged {
  const { backend } = useDesk();
  const [chain, setChain] = useState<Chain>();
  useEffect(() => {
    if (policy === undefined) return undefined;
    let stale = false;
    peopleInStages(backend.call, policy, () => stale).then(
      (people) => !stale && setChain({ policy, people }),
      (cause: unknown) => !stale && setChain({ policy, people: [], failure: Failure.from(cause) }),
    );
    return () => {
      stale = true;
    };
    // A newer roster comes with newer stages.
  }, [backend, policy, roster]);

  const known = chain?.policy === policy ? chain : undefined;
  const told = useMemo(() => {
    if (!known) return undefined;
    const accounts = standingAt(known.people, stage).map(({ account }) => account);
    roster.mark(STAGED, accounts.join(' '));
    return {};
  }, [roster, known, stage]);
  return { people: known?.people, failure: known?.failure, told };
}
