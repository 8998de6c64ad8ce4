import { createContext, useContext } from 'react';
import type { Backend, Viewer } from '../backend';
import type { Core } from '../core';
import type { Role } from '../../gen/types';
import type { NameBook } from '../shown/names';
import type { Route } from './route';

/** What every part of the page may use. */
export interface Desk {
  backend: Backend;
  core: Core;
  viewer: Viewer;
  names: NameBook;
  go: (route: Route) => void;
}

const DeskContext = createContext<Desk | undefined>(undefined);
export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('a part of the page stands outside its provider');
  return desk;
}

/** Why the viewer may not change anything; `undefined` when they may. */
const ReasonContext = createContext<string | undefined>(undefined);
export const ReadOnlyProvider = ReasonContext.Provider;
export const useReadOnlyReason = (): string | undefined => useContext(ReasonContext);

const RoleContext = createContext<Role>('viewer');
export const RoleProvider = RoleContext.Provider;

const RANK: Record<Role, number> = { viewer: 0, operator: 1, approver: 2, organizationAdministrator: 3 };

/** Why the viewer may not give an order that takes a role; `undefined` when they may. */
export function useRefusal(role: Role): string | undefined {
  const own = useContext(RoleContext);
  const reason = useReadOnlyReason();
  return RANK[own] >= RANK[role] ? undefined : reason;
}
