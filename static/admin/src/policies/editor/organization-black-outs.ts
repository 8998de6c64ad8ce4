import { createContext, useContext } from 'react';
import type { OrganizationBlackOuts } from '../../../gen/types';

const BlackOutsContext = createContext<OrganizationBlackOuts>({ zone: 'UTC' });
export const OrganizationBlackOutsProvider = BlackOutsContext.Provider;

/** When no policy starts a run by itself, whatever its own schedule says. */
export const useOrganizationBlackOuts = (): OrganizationBlackOuts => useContext(BlackOutsContext);
