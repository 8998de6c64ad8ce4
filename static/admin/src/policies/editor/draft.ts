import { createContext, useContext } from 'react';
import type { PolicyError } from '../../../gen/types';

/** What the fields of the editor share: the mistakes that the core found, and whether anything may be changed. */
export interface Draft {
  errors: readonly PolicyError[];
  readOnly: boolean;
  /** Names that the snapshot knows, to choose from. */
  names: KnownNames;
}

export type NameKind = 'products' | 'sites' | 'groups' | 'domains' | 'directories';
export type KnownNames = Partial<Record<NameKind, readonly string[]>>;

const DraftContext = createContext<Draft>({ errors: [], readOnly: true, names: {} });
export const DraftProvider = DraftContext.Provider;
export const useDraft = (): Draft => useContext(DraftContext);

/** Whether a path is a place, or lies within it: `$.a` holds `$.a.b` and `$.a[0]`. */
export const isWithin = (path: string, place: string): boolean =>
  path.startsWith(place) && /^($|[.[])/.test(path.slice(place.length));

/** The mistakes at a place of the document; with `deep` also those within it. */
export function useMistakesAt(place: string, deep: boolean): readonly PolicyError[] {
  const { errors } = useDraft();
  return errors.filter(({ path }) => (deep ? isWithin(path, place) : path === place));
}
