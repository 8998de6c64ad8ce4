import { useMemo } from 'react';
import type { Roster } from '../../core';

/** So many people are read at a time. */
const SLICE = 2_000;

/** Whose account an e-mail address is, in small letters; an address of two accounts is nobody's. */
export function useAccounts(roster: Roster | undefined): ReadonlyMap<string, string> | undefined {
  return useMemo(() => roster && accountsIn(roster), [roster]);
}

function accountsIn(roster: Roster): Map<string, string> {
  const accounts = new Map<string, string>();
  const shared = new Set<string>();
  const count = roster.filter({});
  for (let from = 0; from < count; from += SLICE) {
    for (const { email, account } of roster.rows(from, SLICE)) {
      const address = email?.toLowerCase();
      if (!address) continue;
      const before = accounts.get(address);
      if (before !== undefined && before !== account) shared.add(address);
      accounts.set(address, account);
    }
  }
  for (const address of shared) accounts.delete(address);
  return accounts;
}
