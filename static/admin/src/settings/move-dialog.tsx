import type { NamedMove } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import { useTexts } from '../texts/use-texts';

export type MoveDecision = 'approve' | 'reject' | 'cancel';

const COMMANDS = { approve: 'approveMove', reject: 'rejectMove', cancel: 'cancelMove' } as const;

interface MoveDialogProps {
  decision: MoveDecision;
  move: NamedMove;
  onDone: () => void;
  onClose: () => void;
}

/** Decides on a move, with a reason for the log. */
export function MoveDialog({ decision, move, onDone, onClose }: MoveDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const person = move.name ?? move.account;
  const decide = async (reason: string) => {
    const command = { command: COMMANDS[decision], id: move.id, reason };
    if (!(await order.give<(typeof COMMANDS)[MoveDecision]>(command))) return;
    backend.announce(say(`settings.${decision}Move.done`, { person }));
    onDone();
  };
  return (
    <Dialog
      title={say(`settings.${decision}MoveOf`, { person })}
      order={say(`settings.${decision}Move`)}
      reasonLabel={say('shown.reason')}
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('shown.nothingChanged')}
      onOrder={(reason) => void decide(reason)}
      onClose={onClose}
    >
      <p>{say(`settings.${decision}Move.meaning`)}</p>
    </Dialog>
  );
}
