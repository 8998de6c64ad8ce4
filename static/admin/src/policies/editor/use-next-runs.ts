import { useEffect, useState } from 'react';
import { Failure } from '../../failure';
import { useDesk } from '../../page/desk';
import { useOrganizationBlackOuts } from './organization-black-outs';

const COUNT = 5;

export interface NextRuns {
  document?: string;
  runs?: string[];
  failure?: Failure;
}

/**
 * When a document's policy would run by itself, from an instant on and outside the organization's black-outs; of one with
 * mistakes only the check tells.
 */
export function useNextRuns(document: string, now: string | undefined): NextRuns {
  const { core } = useDesk();
  const blackOuts = JSON.stringify(useOrganizationBlackOuts());
  const [found, setFound] = useState<NextRuns>({});

  useEffect(() => {
    let stale = false;
    core.nextRuns(document, now ?? new Date().toISOString(), COUNT, blackOuts).then(
      (runs) => !stale && setFound({ document, runs }),
      (cause: unknown) => !stale && setFound({ document, ...(cause instanceof Failure && { failure: cause }) }),
    );
    return () => {
      stale = true;
    };
  }, [core, document, now, blackOuts]);

  return found;
}
