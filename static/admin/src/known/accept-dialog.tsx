import type { SnapshotSummary } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';

interface AcceptDialogProps {
  snapshot: SnapshotSummary;
  onAccepted: () => void;
  onClose: () => void;
}

/** Says that the idle people of a suspect reading really are idle, with a reason. */
export function AcceptDialog({ snapshot, onAccepted, onClose }: AcceptDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const accept = async (reason: string) => {
    const command = { command: 'acceptSnapshot' as const, snapshot: snapshot.id, reason };
    if (!(await order.give<'acceptSnapshot'>(command))) return;
    backend.announce(say('known.accepted'));
    onAccepted();
  };
  return (
    <Dialog
      title={say('known.acceptQuestion')}
      order={say('known.accept')}
      reasonLabel={say('known.howDoYouKnow')}
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('known.stillSuspect')}
      onOrder={(reason) => void accept(reason)}
      onClose={onClose}
    >
      {snapshot.suspicions
        .filter(({ code }) => code === 'jump')
        .map(({ code, text }) => (
          <p key={code}>{sentence(text)}</p>
        ))}
      <p>{say('known.acceptMeaning')}</p>
    </Dialog>
  );
}
