import { useMemo } from 'react';
import type { RosterFilter } from '../../gen/types';
import type { Roster } from '../core';
import { subjectAt } from '../exemptions/subject-id';
import { exemptFilter } from './exempt-people';
import { EXEMPTION } from './query';
import { useFoundSet } from './use-found-set';

/** Tells the core whom the exemption means that the address asks for. */
export function useExempted(roster: Roster, asked: string | undefined): object | undefined {
  const filters = useMemo(() => (asked === undefined ? undefined : filtersOf(asked)), [asked]);
  return useFoundSet(roster, EXEMPTION, filters);
}

function filtersOf(asked: string): RosterFilter[] {
  const subject = subjectAt(asked);
  if (!subject) return [];
  return [subject.kind === 'user' ? { text: subject.account } : exemptFilter([subject], 'true')];
}
