import { useDesk } from '../../page/desk';
import type { AnswerTo } from '../../protocol';
import { useSending } from '../use-sending';
import { textHash } from './text-hash';
import { textParts } from './text-parts';

/** A configuration on its way: nothing of it is taken over before its last part is there. */
export function useConfigurationImport() {
  const { backend } = useDesk();
  const { send: sendParts, ...state } = useSending();

  /** Answers with what was taken over; with nothing where it failed. Parts that are there already are not sent again. */
  const send = (text: string): Promise<AnswerTo<'importConfiguration'> | undefined> =>
    sendParts(async ({ progressed, isLeft }) => {
      const parts = textParts(text);
      const hash = await textHash(text);
      let answer: AnswerTo<'importConfiguration'> | undefined;
      let next: number | null = 0;
      while (next !== null) {
        if (isLeft()) return undefined;
        answer = await backend.call<'importConfiguration'>({
          command: 'importConfiguration',
          hash,
          part: next,
          of: parts.length,
          text: parts[next] ?? '',
        });
        next = answer.next;
        progressed(next ?? parts.length, parts.length);
      }
      return answer;
    });
  return { send, ...state };
}
