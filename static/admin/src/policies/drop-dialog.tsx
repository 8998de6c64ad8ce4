import { useEffect, useState } from 'react';
import type { PolicySummary } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { peopleInStages } from './chain-people';
import './policy-table.css';

interface DropDialogProps {
  policy: PolicySummary;
  onDropped: () => void;
  onClose: () => void;
}

/** Asks before a policy is dropped, and says what ends with it and what stays. */
export function DropDialog({ policy: { reference, policy }, onDropped, onClose }: DropDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const staged = useStagedCount(reference.id);
  const drop = async (reason: string) => {
    const left = await order.give<'dropPolicy'>({ command: 'dropPolicy', policy: reference.id, reason });
    if (!left) return;
    backend.announce(say('policies.dropped', { policy: reference.name }), say('policies.droppedText'));
    onClose();
    onDropped();
  };
  return (
    <Dialog
      title={say('policies.dropQuestion', { policy: reference.name })}
      order={say('policies.drop')}
      appearance="danger"
      reasonLabel={say('shown.reason')}
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('policies.notDropped')}
      onOrder={(reason) => void drop(reason)}
      onClose={onClose}
    >
      <ul className="policy-drop">
        <li>{say(policy.schedule ? 'policies.dropEndsSchedule' : 'policies.dropEndsPolicy')}</li>
        <li>{stagesText(staged, say)}</li>
        <li>{say('policies.dropKeeps')}</li>
        <li>{say('policies.dropBack')}</li>
      </ul>
    </Dialog>
  );
}

function stagesText(staged: number | undefined, say: Say): string {
  if (staged === undefined) return say('policies.dropEndsStages');
  return staged === 0 ? say('policies.dropNobodyStaged') : say('policies.dropStaged', { count: staged });
}

/** How many are in the stages of a policy; `undefined` until they are counted. */
function useStagedCount(policy: string): number | undefined {
  const { backend } = useDesk();
  const [count, setCount] = useState<number>();
  useEffect(() => {
    let stale = false;
    peopleInStages(backend.call, policy, () => stale).then(
      (people) => !stale && setCount(people.length),
      // The dialog says it without a number then.
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [backend, policy]);
  return count;
}
