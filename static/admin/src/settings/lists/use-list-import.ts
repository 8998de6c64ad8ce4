import { useState } from 'react';
import { Failure } from '../../failure';
import { useDesk } from '../../page/desk';
import type { AnswerTo } from '../../protocol';
import { packed } from '../packed';

/** Less than the app's 176 KiB, and never more addresses than it takes in a part. */
const MOST = { count: 5_000, bytes: 160 * 1024 };

/** A list on its way: it counts once its last part is there. */
export function useListImport() {
  const { backend } = useDesk();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [progress, setProgress] = useState(0);

  /** Answers with all lists; with nothing where it failed. */
  const send = async (name: string, members: string[]): Promise<AnswerTo<'importList'> | undefined> => {
    const parts = packed(members, MOST);
    if (parts.length === 0) parts.push([]);
    setBusy(true);
    setFailure(undefined);
    setProgress(0);
    try {
      let lists: AnswerTo<'importList'> | undefined;
      for (const [part, some] of parts.entries()) {
        lists = await backend.call<'importList'>({
          command: 'importList',
          name,
          members: some,
          part,
          of: parts.length,
        });
        setProgress((part + 1) / parts.length);
      }
      return lists;
    } catch (cause) {
      setFailure(Failure.from(cause));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { send, busy, failure, progress };
}
