import { createContext, useContext } from 'react';
import type { Backend, Viewer } from '../backend';
import type { Core } from '../core';
import type { Role } from '../../gen/types';
import type { NameBook } from '../shown/names';
import { useTexts } from '../texts/use-texts';
import { refusalOf, type Standing } from './refusal';
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

const StandingContext = createContext<Standing>({ role: 'viewer', isConnected: false });
export const StandingProvider = StandingContext.Provider;
export const useStanding = (): Standing => useContext(StandingContext);

/** For what everybody may do who sees it; the app itself says whom it refuses. */
export const asEverybody = (standing: Standing): Standing => ({ ...standing, role: 'organizationAdministrator' });

/** Why the viewer may not give an order that takes a role; `undefined` when they may. */
export function useRefusal(role: Role): string | undefined {
  const { say } = useTexts();
  const key = refusalOf(useStanding(), role);
  return key && say(key);
}

/** Why the viewer may not do what only administrators of the organization may; `undefined` when they may. */
export const useReadOnlyReason = (): string | undefined => useRefusal('organizationAdministrator');
