import type { Roster } from '../../core';
import type { KnownNames } from './draft';

/** So many groups and domains are offered to choose from. */
const OFFERED = 300;

/** What the snapshot knows by name. */
export function namesOf(roster: Roster | undefined): KnownNames {
  if (!roster) return {};
  const facets = roster.facets(OFFERED);
  const named = (counts: { value: string; name: string | null }[]) =>
    counts.filter(({ value }) => value !== 'unknown').map(({ value, name }) => name ?? value);
  return {
    products: named(facets.products),
    sites: named(facets.sites),
    groups: named(facets.groups),
    domains: named(facets.domains),
    directories: named(facets.directories),
  };
}
