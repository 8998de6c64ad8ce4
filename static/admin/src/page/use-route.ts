import { useCallback, useEffect, useState } from 'react';
import type { Address } from '../backend';
import { pathOf, routeOf, type Route } from './route';

/** The route shown, kept in step with the address bar where there is one. */
export function useRoute(address: Address | undefined): [Route, (route: Route) => void] {
  const [path, setPath] = useState(() => address?.current() ?? '/');

  useEffect(() => address?.listen(setPath), [address]);

  const go = useCallback(
    (route: Route) => {
      const next = pathOf(route);
      address?.push(next);
      setPath(next);
      window.scrollTo(0, 0);
    },
    [address],
  );
  return [routeOf(path), go];
}
