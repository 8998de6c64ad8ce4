import { createContext, useContext } from 'react';
import type { Backend, Viewer } from '../backend';
import type { Core } from '../core';
import type { Route } from './route';

/** What every part of the page may use. */
export interface Desk {
  backend: Backend;
  core: Core;
  viewer: Viewer;
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
