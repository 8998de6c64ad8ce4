import { createContext, useCallback, useContext } from 'react';
import type { Directory } from '../../gen/types';

/** The directories of the connected organization, which a reading names by their ids. */
const DirectoriesContext = createContext<readonly Directory[]>([]);
export const DirectoriesProvider = DirectoriesContext.Provider;

/** How a directory is called. An export names its own, which stays as it is. */
export function useDirectoryName(): (directory: string) => string {
  const directories = useContext(DirectoriesContext);
  return useCallback((directory) => directories.find(({ id }) => id === directory)?.name ?? directory, [directories]);
}

/** Whether there are several, so that it matters which one lists somebody. */
export const useSeveralDirectories = (): boolean => useContext(DirectoriesContext).length > 1;
