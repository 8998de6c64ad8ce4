import { useState } from 'react';
import { Failure } from '../../failure';
import { useDesk } from '../../page/desk';
import type { AnswerTo } from '../../protocol';
import { useLeft } from '../use-left';
import { textHash } from './text-hash';
import { textParts } from './text-parts';

/** A configuration on its way: nothing of it is taken over before its last part is there. */
export function useConfigurationImport() {
  const { backend } = useDesk();
  const left = useLeft();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [progress, setProgress] = useState(0);

  /** Answers with what was taken over; with nothing where it failed. Parts that are there already are not sent again. */
  const send = async (text: string): Promise<AnswerTo<'importConfiguration'> | undefined> => {
    setBusy(true);
    setFailure(undefined);
    setProgress(0);
    try {
      const parts = textParts(text);
      const hash = await textHash(text);
      let answer: AnswerTo<'importConfiguration'> | undefined;
      let next: number | null = 0;
      while (next !== null) {
        if (left.current) return undefined;
        answer = await backend.call<'importConfiguration'>({
          command: 'importConfiguration',
          hash,
          part: next,
          of: parts.length,
          text: parts[next] ?? '',
        });
        next = answer.next;
        setProgress((next ?? parts.length) / parts.length);
      }
      return answer;
    } catch (cause) {
      setFailure(Failure.from(cause));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { send, busy, failure, progress };
}
