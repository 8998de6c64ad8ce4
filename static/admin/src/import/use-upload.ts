import { useCallback, useEffect, useRef, useState } from 'react';
import type { ImportState } from '../../gen/types';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import { upload, type UploadProgress } from './upload';

/** An upload as it stands. */
export interface Uploading {
  /** While it is under way. */
  progress: UploadProgress | undefined;
  failure: Failure | undefined;
  start: (file: File, made: string) => void;
  /** Stops it; the same file goes on from there. */
  stop: () => void;
}

/** Uploads exports, one at a time; one that is under way ends with the part of the page that began it. */
export function useUpload(onUploaded: (state: ImportState) => void, onStopped: () => void): Uploading {
  const { backend, core } = useDesk();
  const [progress, setProgress] = useState<UploadProgress>();
  const [failure, setFailure] = useState<Failure>();
  const running = useRef<AbortController>(undefined);
  const stop = useCallback(() => running.current?.abort(), []);
  useEffect(() => stop, [stop]);

  const start = async (file: File, made: string) => {
    stop();
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    setFailure(undefined);
    setProgress({ doing: 'reading', done: 0, of: file.size });
    try {
      onUploaded(await upload({ file, made, core, call: backend.call, progress: setProgress, signal }));
    } catch (cause) {
      if (!signal.aborted) setFailure(Failure.from(cause));
      onStopped();
    } finally {
      setProgress(undefined);
    }
  };
  return { progress, failure, start: (file, made) => void start(file, made), stop };
}
