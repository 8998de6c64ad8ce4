import { useState } from 'react';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';

export interface GroupOption {
  label: string;
  /** The group's UUID. */
  value: string;
}

/** Looks for groups of the organization by a part of their names; what failed, it shows nobody. */
export function useGroupSearch(): {
  find: (term: string) => Promise<GroupOption[]>;
  failure: Failure | undefined;
} {
  const { backend } = useDesk();
  const [failure, setFailure] = useState<Failure>();
  const find = async (term: string): Promise<GroupOption[]> => {
    try {
      const { groups } = await backend.call<'findGroups'>({ command: 'findGroups', term });
      setFailure(undefined);
      return groups.map((group) => ({ label: group.name, value: group.id }));
    } catch (cause) {
      setFailure(Failure.from(cause));
      return [];
    }
  };
  return { find, failure };
}
