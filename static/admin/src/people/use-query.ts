import { useCallback, useEffect, useRef, useState } from 'react';
import { useDesk } from '../page/desk';
import { pathOf, type Filter } from '../page/route';

/** The address follows whoever types after so many milliseconds; the list does at once. */
const PAUSE = 700;

/** Changes the query; the address changes at once, or with the last of several changes. */
export type SetQuery = (change: (last: Filter) => Filter, atOnce?: boolean) => void;

/**
 * What is asked for: it comes from the address and goes back there, so that a link leads to the same people. The last part tells it to
 * whoever need not be painted anew with every keystroke.
 */
export function useQuery(filter: Filter): [Filter, SetQuery, () => Filter] {
  const { go } = useDesk();
  const [query, setState] = useState(filter);
  const last = useRef(filter);
  const written = useRef(pathOf({ page: 'people', filter }));
  const timer = useRef<ReturnType<typeof setTimeout>>();

  const write = useCallback(() => {
    clearTimeout(timer.current);
    const path = pathOf({ page: 'people', filter: last.current });
    if (path === written.current) return;
    written.current = path;
    go({ page: 'people', filter: last.current });
  }, [go]);

  const address = pathOf({ page: 'people', filter });
  useEffect(() => {
    // Somebody followed a link or went back; what this page wrote itself is shown already.
    if (address === written.current) return;
    clearTimeout(timer.current);
    written.current = address;
    last.current = filter;
    setState(filter);
  }, [address, filter]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const setQuery = useCallback<SetQuery>(
    (change, atOnce = false) => {
      last.current = change(last.current);
      setState(last.current);
      clearTimeout(timer.current);
      if (atOnce) write();
      else timer.current = setTimeout(write, PAUSE);
    },
    [write],
  );
  const current = useCallback(() => last.current, []);
  return [query, setQuery, current];
}
