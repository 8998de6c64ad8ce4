import { useCallback, useEffect, useState } from 'react';
import { Failure } from '../../failure';
import { useDesk } from '../../page/desk';
import { exported, type Exported } from './exported';

/** The configuration on its way into the page. */
export interface ExportedOnItsWay {
  value: Exported | undefined;
  failure: Failure | undefined;
  /** How much of it is here, from 0 to 1. */
  progress: number;
  again: () => void;
}

/** Reads the configuration as it is now, once. */
export function useExported(): ExportedOnItsWay {
  const { backend } = useDesk();
  const [round, setRound] = useState(0);
  const [value, setValue] = useState<Exported>();
  const [failure, setFailure] = useState<Failure>();
  const [progress, setProgress] = useState(0);
  useEffect(() => {
    let stale = false;
    exported(backend.call, (share) => !stale && setProgress(share)).then(
      (read) => !stale && setValue(read),
      (cause: unknown) => !stale && setFailure(Failure.from(cause)),
    );
    return () => {
      stale = true;
    };
  }, [backend, round]);
  const again = useCallback(() => {
    setFailure(undefined);
    setProgress(0);
    setRound((last) => last + 1);
  }, []);
  return { value, failure, progress, again };
}
