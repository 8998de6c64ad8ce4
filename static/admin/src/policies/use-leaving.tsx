import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState, type ReactNode } from 'react';
import { useDesk } from '../page/desk';
import { countInStages } from './chain-people';
import { LeavingDialog, type LeavingChange } from './leaving-dialog';

interface Leaving {
  /** Makes the change at once where nobody is in the policy's stages, else once somebody said so. */
  ask: (policy: string, change: LeavingChange) => void;
  counting: boolean;
  /** The question, while it is asked. */
  question: ReactNode;
}

/** Any change of a policy's text takes everybody out of its stages: asks before one is made. */
export function useLeaving(): Leaving {
  const { backend } = useDesk();
  const [counting, setCounting] = useState(false);
  const [asked, setAsked] = useState<{ count: number | undefined; change: LeavingChange }>();
  const ask = async (policy: string, change: LeavingChange) => {
    setCounting(true);
    const count = await countInStages(backend.call, policy);
    setCounting(false);
    if (count === 0) change.make();
    else setAsked({ count, change });
  };
  return {
    ask: (policy, change) => void ask(policy, change),
    counting,
    question: (
      <ModalTransition>{asked && <LeavingDialog {...asked} onClose={() => setAsked(undefined)} />}</ModalTransition>
    ),
  };
}
