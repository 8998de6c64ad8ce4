import type { RosterColumn } from '../../gen/types';

/** The columns that can be chosen, in their order; who a row is about always stands before them. */
export const CHOOSABLE = ['status', 'lastSeen', 'products', 'claim', 'added', 'directory', 'account'] as const;
export type Choosable = (typeof CHOOSABLE)[number];

export const USUAL: readonly Choosable[] = ['status', 'lastSeen', 'products', 'claim'];

/** How wide a column is, and what it is sorted by. */
export const COLUMN: Record<Choosable, { width: string; sort?: RosterColumn }> = {
  status: { width: 'minmax(96px, 0.7fr)', sort: 'status' },
  lastSeen: { width: 'minmax(112px, 0.8fr)', sort: 'lastSeen' },
  products: { width: 'minmax(96px, 1.2fr)', sort: 'products' },
  claim: { width: 'minmax(80px, 0.6fr)' },
  added: { width: 'minmax(108px, 0.7fr)', sort: 'added' },
  directory: { width: 'minmax(120px, 0.8fr)' },
  account: { width: 'minmax(160px, 1fr)' },
};
