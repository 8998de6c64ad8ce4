import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';

interface ExemptDialogProps {
  account: string;
  name: string;
  onClose: () => void;
}

/** Exempts one person, with a reason. */
export function ExemptDialog({ account, name, onClose }: ExemptDialogProps) {
  const { backend } = useDesk();
  const order = useOrder();
  const exempt = async (reason: string) => {
    const added = await order.give<'addExemption'>({
      command: 'addExemption',
      subject: { kind: 'user', account },
      reason,
      owner: null,
      expires: null,
      policies: null,
    });
    if (!added) return;
    backend.announce(`${name} is exempt`, 'Every plan and every batch from now on lets them be.');
    onClose();
  };
  return (
    <Dialog
      title={`Exempt ${name}?`}
      order="Exempt"
      reasonLabel="Reason"
      busy={order.busy}
      failure={order.failure}
      failureTitle="The exemption was not added"
      onOrder={(reason) => void exempt(reason)}
      onClose={onClose}
    >
      <p>
        Every policy lets them be from now on, and so does a run at work from its next batch. The exemptions page takes
        it back.
      </p>
    </Dialog>
  );
}
