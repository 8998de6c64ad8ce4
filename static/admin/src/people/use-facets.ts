import { useEffect, useMemo, useState } from 'react';
import type { Facets, NamedCount } from '../../gen/types';
import type { Roster } from '../core';
import type { Filter } from '../page/route';
import { useDirectoryName } from './directory-names';
import { LISTS, rosterFilter, valuesOf, without, type ListName } from './query';

/** How those who are shown spread, and for each facet that is asked for, how they would without it. */
export type FacetCounts = Record<FacetName, NamedCount[]> & { externalDomains: NamedCount[] };

/** What one chooses from, by its counts. */
export const FACETS = [
  'status',
  'claim',
  'site',
  'product',
  'directory',
  'group',
  'domain',
] as const satisfies ListName[];
export type FacetName = (typeof FACETS)[number];

const COUNTS = {
  status: 'status',
  claim: 'claim',
  site: 'sites',
  product: 'products',
  directory: 'directories',
  group: 'groups',
  domain: 'domains',
} as const satisfies Record<FacetName, keyof Facets>;

/** So many groups and domains are counted with each change. */
export const LARGEST = 1_000;
/** So many are counted once somebody looks for one: more than organizations have, and no page stands still for it. */
export const EVERY = 10_000;
/** Counts wait until whoever types has stopped, in milliseconds: the list itself does not. */
const PAUSE = 150;

/** Counts beside the filters, with at most so many groups and domains; those of before stay until there are new ones. */
export function useFacets(
  roster: Roster,
  query: Filter,
  documents: ReadonlyMap<string, string>,
  version: unknown,
  most: number,
): FacetCounts | undefined {
  const [counts, setCounts] = useState<FacetCounts>();
  const nameOf = useDirectoryName();
  useEffect(() => {
    const timer = setTimeout(() => setCounts(countsOf(roster, query, documents, most)), PAUSE);
    return () => clearTimeout(timer);
  }, [roster, query, documents, version, most]);
  return useMemo(() => counts && { ...counts, directory: named(counts.directory, nameOf) }, [counts, nameOf]);
}

const named = (counts: NamedCount[], nameOf: (value: string) => string): NamedCount[] =>
  counts.map(({ value, name, people }) => ({ value, name: name ?? nameOf(value), people }));

/** Counts each facet as if it were not asked for; the filter is what it was at the end. */
function countsOf(
  roster: Roster,
  query: Filter,
  documents: ReadonlyMap<string, string>,
  most: number,
): FacetCounts | undefined {
  try {
    const all = roster.facets(most);
    const counts = { externalDomains: all.externalDomains } as FacetCounts;
    for (const name of FACETS) {
      const chosen = valuesOf(query, name);
      counts[name] = withChosen(chosen.length > 0 ? apart(name) : all[COUNTS[name]], chosen);
    }
    if (LISTS.some((name) => valuesOf(query, name).length > 0)) roster.filter(rosterFilter(query, documents));
    return counts;
  } catch {
    // The list itself says why nobody can be looked for in this way.
    return undefined;
  }

  function apart(name: FacetName): NamedCount[] {
    roster.filter(rosterFilter(without(query, name), documents));
    return roster.facets(most)[COUNTS[name]];
  }
}

/** What is chosen can be taken back, also where nobody has it. */
function withChosen(counts: NamedCount[], chosen: string[]): NamedCount[] {
  const absent = chosen.filter((value) => !counts.some((count) => count.value === value));
  return [...counts, ...absent.map((value) => ({ value, name: null, people: 0 }))];
}
