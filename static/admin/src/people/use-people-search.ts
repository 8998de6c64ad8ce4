import { useState } from 'react';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';

export interface PersonOption {
  /** The name and what tells people of one name apart; the account id where nothing else is known. */
  label: string;
  /** The account id. */
  value: string;
  /** When they were seen last, if ever. */
  lastSeen: string | null;
}

/** Looks for people of the newest reading by a part of name, address or id; what failed, it shows nobody. */
export function usePeopleSearch(): {
  find: (term: string) => Promise<PersonOption[]>;
  failure: Failure | undefined;
} {
  const { backend } = useDesk();
  const [failure, setFailure] = useState<Failure>();
  const find = async (text: string): Promise<PersonOption[]> => {
    try {
      const { people } = await backend.call<'listPeople'>({ command: 'listPeople', text, from: 0 });
      setFailure(undefined);
      // Several directories may list one account.
      const found = new Map(
        people.map(({ account, name, email, lastSeen }) => [
          account,
          { value: account, label: labelOf(account, name, email), lastSeen },
        ]),
      );
      return [...found.values()];
    } catch (cause) {
      setFailure(Failure.from(cause));
      return [];
    }
  };
  return { find, failure };
}

function labelOf(account: string, name: string | null, email: string | null): string {
  if (name === null) return email ?? account;
  return email === null ? name : `${name} (${email})`;
}
