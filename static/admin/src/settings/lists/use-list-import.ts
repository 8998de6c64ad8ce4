import { useDesk } from '../../page/desk';
import type { AnswerTo } from '../../protocol';
import { packed } from '../packed';
import { useSending } from '../use-sending';

/** Less than the app's 176 KiB, and never more addresses than it takes in a part. */
const MOST = { count: 5_000, bytes: 160 * 1024 };

/** A list on its way: it counts once its last part is there, and whoever closes the dialog before changes nothing. */
export function useListImport() {
  const { backend } = useDesk();
  const { send: sendParts, ...state } = useSending();

  /** Answers with all lists; with nothing where it failed. */
  const send = (name: string, members: string[]): Promise<AnswerTo<'importList'> | undefined> =>
    sendParts(async ({ progressed, isLeft }) => {
      const parts = packed(members, MOST);
      if (parts.length === 0) parts.push([]);
      let lists: AnswerTo<'importList'> | undefined;
      for (const [part, some] of parts.entries()) {
        if (isLeft()) return undefined;
        lists = await backend.call<'importList'>({
          command: 'importList',
          name,
          members: some,
          part,
          of: parts.length,
        });
        progressed(part + 1, parts.length);
      }
      return lists;
    });
  return { send, ...state };
}
