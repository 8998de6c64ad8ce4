import { useCallback, useEffect, useState } from 'react';
import type { Address } from '../backend';
import { pathOf, placeOf, routeOf, type Route } from './route';

/** The route shown, kept in step with the address bar where there is one. */
export function useRoute(address: Address | undefined): [Route, (route: Route) => void] {
  const [path, setPath] = useState(() => address?.current() ?? '/');

  useEffect(() => address?.listen(setPath), [address]);

  const go = useCallback(
    (route: Route) => {
      const next = pathOf(route);
      address?.push(next);
      setPath(next);
    },
    [address],
  );
  const route = routeOf(path);
  const place = placeOf(route);
  // Another place begins at its top; another filter stays where it was chosen.
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [place]);
  return [route, go];
}
