import { useState } from 'react';
import { Failure } from '../failure';
import { useLeft } from './use-left';

/** How far the parts have come, and whether whoever waited for them is gone. */
export interface Way {
  progressed: (done: number, of: number) => void;
  isLeft: () => boolean;
}

/** Something on its way in parts: how far it is, and why it did not arrive. */
export function useSending() {
  const left = useLeft();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [progress, setProgress] = useState(0);

  /** Answers as the last part was answered; with nothing where it failed. */
  const send = async <Answer>(parts: (way: Way) => Promise<Answer | undefined>): Promise<Answer | undefined> => {
    setBusy(true);
    setFailure(undefined);
    setProgress(0);
    try {
      return await parts({ progressed: (done, of) => setProgress(done / of), isLeft: () => left.current });
    } catch (cause) {
      setFailure(Failure.from(cause));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { send, busy, failure, progress };
}
