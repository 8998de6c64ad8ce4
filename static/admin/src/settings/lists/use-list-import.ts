import { useState } from 'react';
import { Failure } from '../../failure';
import { useDesk } from '../../page/desk';
import type { AnswerTo } from '../../protocol';
import { packed } from '../packed';
import { useLeft } from '../use-left';

/** Less than the app's 176 KiB, and never more addresses than it takes in a part. */
const MOST = { count: 5_000, bytes: 160 * 1024 };

/** A list on its way: it counts once its last part is there, and whoever closes the dialog before changes nothing. */
export function useListImport() {
  const { backend } = useDesk();
  const left = useLeft();
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
        if (left.current) return undefined;
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
