import type { Errand } from '../../gen/types';

/** What can be done by hand from here. Of it, only revoked tokens do not come back. */
export const DEEDS = [
  'suspend',
  'restore',
  'deactivate',
  'removeAccess',
  'removeFromGroups',
  'addToGroup',
  'setEmail',
  'revokeTokens',
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
  /** A new address for each of the people, in their order. */
  emails: string[] | undefined;
}

/** The wish as the command takes it; `undefined` where something is not said yet. */
export function errandOf({ deed, products, sites, group, emails }: Wish): Errand | undefined {
  if (deed === 'revokeTokens') return { revokeTokens: {} };
  if (deed === 'setEmail') return emails && { setEmail: { emails } };
  const rest = restOf();
  if (!rest) return undefined;
  return { stage: { stage: JSON.stringify({ after: '0d', do: deed, ...rest }) } };

  function restOf(): object | undefined {
    if (deed === 'removeAccess') return products.length > 0 && sites.length > 0 ? { products, sites } : undefined;
    if (deed === 'removeFromGroups' || deed === 'addToGroup') return group ? { groups: [group] } : undefined;
    return {};
  }
}
