import type { SnapshotSummary } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import { sentence } from '../shown/sentence';

interface AcceptDialogProps {
  snapshot: SnapshotSummary;
  onAccepted: () => void;
  onClose: () => void;
}

/** Says that the idle people of a suspect reading really are idle, with a reason. */
export function AcceptDialog({ snapshot, onAccepted, onClose }: AcceptDialogProps) {
  const { backend } = useDesk();
  const order = useOrder();
  const accept = async (reason: string) => {
    const command = { command: 'acceptSnapshot' as const, snapshot: snapshot.id, reason };
    if (!(await order.give<'acceptSnapshot'>(command))) return;
    backend.announce('The reading counts as right');
    onAccepted();
  };
  return (
    <Dialog
      title="Is this reading right?"
      order="It is right"
      reasonLabel="How do you know?"
      busy={order.busy}
      failure={order.failure}
      failureTitle="The reading is still suspect"
      onOrder={(reason) => void accept(reason)}
      onClose={onClose}
    >
      {snapshot.suspicions
        .filter(({ code }) => code === 'jump')
        .map(({ code, text }) => (
          <p key={code}>{sentence(text)}</p>
        ))}
      <p>
        A fault in Atlassian’s data looks the same, and would take the access of people who are at work. From now on
        runs may act on this reading, unless it is suspect for another reason. It counts for this reading alone, and
        stands in the log.
      </p>
    </Dialog>
  );
}
