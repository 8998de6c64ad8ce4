import { useCallback, useState } from 'react';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import type { AnswerTo, CommandName, CommandOf } from '../protocol';

/** An order to the app: whether it is out, and why the last one was not carried out. */
export interface Order {
  busy: boolean;
  failure: Failure | undefined;
  /** Resolves with the answer, or with `undefined` when it failed and `failure` says why. */
  give: <C extends CommandName>(command: CommandOf<C>) => Promise<AnswerTo<C> | undefined>;
  forget: () => void;
}

export function useOrder(): Order {
  const { backend } = useDesk();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const give = useCallback(
    async <C extends CommandName>(command: CommandOf<C>) => {
      setBusy(true);
      setFailure(undefined);
      try {
        return await backend.call(command);
      } catch (cause) {
        setFailure(Failure.from(cause));
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [backend],
  );
  const forget = useCallback(() => setFailure(undefined), []);
  return { busy, failure, give, forget };
}
