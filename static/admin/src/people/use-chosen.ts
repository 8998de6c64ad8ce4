import { useCallback, useMemo, useState } from 'react';
import type { RosterFilter } from '../../gen/types';
import type { Roster } from '../core';
import { CHOSEN } from './query';

/** The people who were chosen, by hand or all of some. */
export interface Chosen {
  accounts: ReadonlySet<string>;
  toggle: (account: string) => void;
  /** Everybody who is shown now, too. */
  addShown: () => void;
  /** Everybody whom a filter lets through, too; the list is filtered anew by whoever shows it. */
  addAllOf: (filter: RosterFilter) => void;
  clear: () => void;
  /** Tells the core who is chosen, so that the list can show them alone. */
  mark: () => void;
}

const NOBODY: ReadonlySet<string> = new Set();
const SLICE = 5_000;

export function useChosen(roster: Roster): Chosen {
  const [accounts, setAccounts] = useState(NOBODY);
  const toggle = useCallback(
    (account: string) =>
      setAccounts((last) => {
        const next = new Set(last);
        if (!next.delete(account)) next.add(account);
        return next;
      }),
    [],
  );
  const addShown = useCallback(() => {
    const shown = [...roster.accounts(SLICE)].flat();
    setAccounts((last) => new Set([...last, ...shown]));
  }, [roster]);
  const addAllOf = useCallback(
    (filter: RosterFilter) => {
      roster.filter(filter);
      addShown();
    },
    [roster, addShown],
  );
  const clear = useCallback(() => setAccounts(NOBODY), []);
  const mark = useCallback(() => void roster.mark(CHOSEN, [...accounts].join(' ')), [roster, accounts]);
  return useMemo(
    () => ({ accounts, toggle, addShown, addAllOf, clear, mark }),
    [accounts, toggle, addShown, addAllOf, clear, mark],
  );
}
