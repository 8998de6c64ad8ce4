import { useEffect, useState } from 'react';
import type { Roster } from '../../core';
import { Failure } from '../../failure';
import { useDesk } from '../../page/desk';

/** Everybody on their way into the page. */
export interface LoadedRoster {
  roster?: Roster;
  failure?: Failure;
  /** From 0 to 1, while it is loading. */
  progress: number;
}

/** Everybody of the newest snapshot, for as long as the editor is open. */
export function useRoster(): LoadedRoster {
  const { backend, core } = useDesk();
  const [loaded, setLoaded] = useState<LoadedRoster>({ progress: 0 });

  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    let mine: Roster | undefined;
    const progress = (done: number, of: number) => !signal.aborted && setLoaded({ progress: done / Math.max(of, 1) });
    core.roster({ call: backend.call, progress, signal }).then(
      (roster) => {
        mine = roster;
        if (signal.aborted) roster.free();
        else setLoaded({ roster, progress: 1 });
      },
      (cause: unknown) => !signal.aborted && setLoaded({ failure: Failure.from(cause), progress: 0 }),
    );
    return () => {
      leaving.abort();
      mine?.free();
    };
  }, [backend, core]);

  return loaded;
}
