import type { Errand } from '../../gen/types';

/** What can be done by hand from here. Nothing that cannot be taken back is among it. */
export const DEEDS = [
  'suspend',
  'restore',
  'deactivate',
  'removeAccess',
  'removeFromGroups',
  'addToGroup',
  'review',
] as const;
export type Deed = (typeof DEEDS)[number];

/** What takes access: that rests on disuse, or on somebody's word that disuse does not matter. */
export const TAKES: ReadonlySet<Deed> = new Set(['suspend', 'deactivate', 'removeAccess', 'removeFromGroups']);

export interface Wish {
  deed: Deed;
  products: string[];
  sites: string[];
  /** A group's id. */
  group: string | undefined;
}

/** The wish as the command takes it; `undefined` where something is not said yet. */
export function errandOf({ deed, products, sites, group }: Wish): Errand | undefined {
  const rest = restOf();
  if (!rest) return undefined;
  return { stage: { stage: JSON.stringify({ after: '0d', do: deed, ...rest }) } };

  function restOf(): object | undefined {
    if (deed === 'removeAccess') return products.length > 0 && sites.length > 0 ? { products, sites } : undefined;
    if (deed === 'removeFromGroups' || deed === 'addToGroup') return group ? { groups: [group] } : undefined;
    return {};
  }
}
