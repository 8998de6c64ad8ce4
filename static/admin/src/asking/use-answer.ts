import { useCallback, useEffect, useState } from 'react';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import { whenSeen } from './when-seen';
import type { AnswerTo, CommandName, CommandOf } from '../protocol';

/** A question as it stands. A failed refresh keeps the last answer beside the failure. */
export interface Asked<T> {
  value: T | undefined;
  failure: Failure | undefined;
  asking: boolean;
  again: () => void;
}

export interface Replaceable<T> extends Asked<T> {
  /** Puts an answer that came by another way, such as with an order, in the place of the last. */
  replace: (value: T) => void;
}

/** What came of the last asking, and which one that was. */
interface Settled<T> {
  question: string;
  round: number;
  value?: T;
  failure?: Failure;
}

/**
 * Asks at once, whenever the question changes, and again after `repeat(answer)` milliseconds where that is a number.
 * `repeat` must be the same function at each rendering.
 */
export function useAnswer<C extends CommandName>(
  command: CommandOf<C>,
  repeat?: (answer: AnswerTo<C>) => number | undefined,
): Replaceable<AnswerTo<C>> {
  const { backend } = useDesk();
  const question = JSON.stringify(command);
  const [round, setRound] = useState(0);
  const [settled, setSettled] = useState<Settled<AnswerTo<C>>>();
  const again = useCallback(() => setRound((last) => last + 1), []);

  useEffect(() => {
    let stale = false;
    let cancel: (() => void) | undefined;
    const answered = (value: AnswerTo<C>) => {
      if (stale) return;
      setSettled({ question, round, value });
      const delay = repeat?.(value);
      if (delay !== undefined) cancel = whenSeen(delay, again);
    };
    const failed = (cause: unknown) => {
      if (stale) return;
      setSettled((last) => ({ ...keptOf(last, question), question, round, failure: Failure.from(cause) }));
    };
    backend.call(JSON.parse(question) as CommandOf<C>).then(answered, failed);
    return () => {
      stale = true;
      cancel?.();
    };
  }, [backend, question, round, repeat, again]);

  const replace = useCallback(
    (value: AnswerTo<C>) => setSettled((last) => ({ question, round: last?.round ?? 0, value })),
    [question],
  );
  const current = settled?.question === question ? settled : undefined;
  return { value: current?.value, failure: current?.failure, asking: current?.round !== round, again, replace };
}

/** The value of the last answer, if it was to the same question. */
function keptOf<T>(last: Settled<T> | undefined, question: string): { value?: T } {
  return last?.question === question && last.value !== undefined ? { value: last.value } : {};
}
