import { useCallback, useEffect, useState } from 'react';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import type { AnswerTo, CommandName, CommandOf } from '../protocol';
import type { Asked } from './use-answer';

/** Names of the commands that answer a page at a time. */
type PagedCommand = {
  [C in CommandName]: AnswerTo<C> extends { cursor: string | null } ? C : never;
}[CommandName];

interface Pages<T> extends Asked<T[]> {
  /** Loads the next page, where there is one. */
  more: (() => void) | undefined;
}

/** The pages so far, and which asking they answer. */
interface Loaded<T> {
  question: string;
  round: number;
  items?: T[];
  cursor?: string | null;
  failure?: Failure;
}

/** The pages of a list so far, from the first on. `itemsOf` must be the same function at each rendering. */
export function useAnswerPages<C extends PagedCommand, T>(
  command: CommandOf<C>,
  itemsOf: (answer: AnswerTo<C>) => T[],
): Pages<T> {
  const { backend } = useDesk();
  const question = JSON.stringify(command);
  const [round, setRound] = useState(0);
  const [loaded, setLoaded] = useState<Loaded<T>>();
  const [loadingMore, setLoadingMore] = useState(false);

  const load = useCallback(
    async (cursor: string | null, before: T[]): Promise<Loaded<T>> => {
      try {
        const answer = await backend.call<C>({ ...(JSON.parse(question) as CommandOf<C>), cursor });
        const { cursor: next } = answer as { cursor?: string | null };
        return { question, round, items: [...before, ...itemsOf(answer)], cursor: next ?? null };
      } catch (cause) {
        return { question, round, ...(cursor && { items: before, cursor }), failure: Failure.from(cause) };
      }
    },
    [backend, question, round, itemsOf],
  );

  useEffect(() => {
    let stale = false;
    void load(null, []).then((first) => {
      if (!stale) setLoaded(first);
    });
    return () => {
      stale = true;
    };
  }, [load]);

  const current = loaded?.question === question ? loaded : undefined;
  const { items, cursor } = current ?? {};
  const more = async () => {
    setLoadingMore(true);
    const next = await load(cursor ?? null, items ?? []);
    setLoaded((last) => (last === loaded ? next : last));
    setLoadingMore(false);
  };
  return {
    value: items,
    failure: current?.failure,
    asking: loadingMore || current?.round !== round,
    again: useCallback(() => setRound((last) => last + 1), []),
    more: items && cursor ? () => void more() : undefined,
  };
}
