import { useCallback, useEffect, useState } from 'react';
import type { Core, Roster } from '../core';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';

/** Everybody on the way into the page. */
export interface LoadingRoster {
  roster: Roster | undefined;
  failure: Failure | undefined;
  /** How much of the snapshot is here, from 0 to 1. */
  progress: number;
  again: () => void;
}

/** What was loaded stays while the page is open, so that coming back to it shows everybody at once. */
const kept = new WeakMap<Core, Roster>();

/** Everybody of the newest snapshot; whoever was loaded before is shown until newer ones are here. */
export function useRoster(): LoadingRoster {
  const { backend, core } = useDesk();
  const [round, setRound] = useState(0);
  const [roster, setRoster] = useState(() => kept.get(core));
  const [failure, setFailure] = useState<Failure>();
  const [progress, setProgress] = useState(0);

  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const load = async () => {
      const before = kept.get(core);
      if (before && (await isNewest(before))) return before;
      const progressed = (done: number, of: number) => setProgress(of === 0 ? 0 : done / of);
      return core.roster({ call: backend.call, progress: progressed, signal, before });
    };
    const isNewest = async ({ source }: Roster) => {
      const { snapshot } = await backend.call<'snapshotParts'>({ command: 'snapshotParts' });
      return snapshot === source.snapshot;
    };
    load().then(
      (loaded) => {
        if (signal.aborted) return;
        kept.set(core, loaded);
        setRoster(loaded);
        setFailure(undefined);
      },
      (cause: unknown) => {
        if (!signal.aborted) setFailure(Failure.from(cause));
      },
    );
    return () => leaving.abort();
  }, [backend, core, round]);

  const again = useCallback(() => {
    setFailure(undefined);
    setRound((last) => last + 1);
  }, []);
  return { roster, failure, progress, again };
}
