import type { Exemption } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import type { AnswerTo } from '../protocol';
import { Dialog } from '../shown/dialog';
import { nameOf } from './subject';
import { useTexts } from '../texts/use-texts';

interface RemoveDialogProps {
  exemption: Exemption;
  onRemoved: (list: AnswerTo<'removeExemption'>) => void;
  onClose: () => void;
}

/** Asks before an exemption is taken back. */
export function RemoveDialog({ exemption, onRemoved, onClose }: RemoveDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const name = nameOf(exemption);
  const remove = async () => {
    const list = await order.give<'removeExemption'>({ command: 'removeExemption', subject: exemption.subject });
    if (!list) return;
    backend.announce(say('exemptions.notExemptAnyMore', { name }));
    onRemoved(list);
  };
  return (
    <Dialog
      title={say('exemptions.removeQuestion')}
      order={say('exemptions.remove')}
      appearance="danger"
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('exemptions.notRemoved')}
      onOrder={() => void remove()}
      onClose={onClose}
    >
      <p>
        {say(exemption.subject.kind === 'user' ? 'exemptions.removePersonMeaning' : 'exemptions.removeMeaning', {
          name,
        })}
      </p>
    </Dialog>
  );
}
