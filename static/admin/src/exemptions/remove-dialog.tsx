import type { Exemption } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import type { AnswerTo } from '../protocol';
import { Dialog } from '../shown/dialog';
import { nameOf } from './subject';

interface RemoveDialogProps {
  exemption: Exemption;
  onRemoved: (list: AnswerTo<'removeExemption'>) => void;
  onClose: () => void;
}

/** Asks before an exemption is taken back. */
export function RemoveDialog({ exemption, onRemoved, onClose }: RemoveDialogProps) {
  const { backend } = useDesk();
  const order = useOrder();
  const name = nameOf(exemption);
  const remove = async () => {
    const list = await order.give<'removeExemption'>({ command: 'removeExemption', subject: exemption.subject });
    if (!list) return;
    backend.announce(`${name} is not exempt any more`);
    onRemoved(list);
  };
  return (
    <Dialog
      title="Remove this exemption?"
      order="Remove"
      appearance="danger"
      busy={order.busy}
      failure={order.failure}
      failureTitle="The exemption was not removed"
      onOrder={() => void remove()}
      onClose={onClose}
    >
      <p>
        {exemption.subject.kind === 'user' ? name : `Everybody whom ${name} shelters`} can be matched by policies again,
        from their next plan on. Adding the exemption again takes this back.
      </p>
    </Dialog>
  );
}
