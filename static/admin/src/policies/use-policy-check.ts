import { useEffect, useState } from 'react';
import type { PolicyCheck } from '../../gen/types';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';

/** How long typing must rest before the resolver is asked, in milliseconds; in the page the core answers at each key. */
const REST = { page: 0, resolver: 400 } as const;

export interface Checked {
  check: PolicyCheck | undefined;
  failure: Failure | undefined;
  /** Whether `check` is about the document as it is now. */
  current: boolean;
}

/** What the core says about a document, as it is typed. */
export function usePolicyCheck(document: string): Checked {
  const { core } = useDesk();
  const [checked, setChecked] = useState<{ document?: string; check?: PolicyCheck; failure?: Failure }>({});

  useEffect(() => {
    let stale = false;
    const timer = setTimeout(() => {
      core.checkPolicy(document).then(
        (check) => !stale && setChecked({ document, check }),
        (cause: unknown) => !stale && setChecked({ document, failure: Failure.from(cause) }),
      );
    }, REST[core.place]);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [core, document]);

  return { check: checked.check, failure: checked.failure, current: checked.document === document };
}
