import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import { useTexts } from '../texts/use-texts';

interface ExemptDialogProps {
  account: string;
  name: string;
  /** The exemption was added. */
  onAdded?: () => void;
  onClose: () => void;
}

/** Exempts one person, with a reason. */
export function ExemptDialog({ account, name, onAdded, onClose }: ExemptDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
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
    backend.announce(say('exemptions.isExempt', { name }), say('exemptions.isExemptText'));
    onAdded?.();
    onClose();
  };
  return (
    <Dialog
      title={say('exemptions.exemptQuestion', { name })}
      order={say('exemptions.exempt')}
      reasonLabel={say('shown.reason')}
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('exemptions.notAdded')}
      onOrder={(reason) => void exempt(reason)}
      onClose={onClose}
    >
      <p>{say('exemptions.exemptMeaning')}</p>
    </Dialog>
  );
}
