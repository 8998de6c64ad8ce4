import { useOrder } from '../asking/use-order';
import { FormDialog } from '../shown/form-dialog';
import { useTexts } from '../texts/use-texts';

interface NewKeyDialogProps {
  /** Gets the new key. */
  onDone: (key: string | null) => void;
  onClose: () => void;
}

/** Asks before the key that the receiver knows is worth nothing any more. */
export function NewKeyDialog({ onDone, onClose }: NewKeyDialogProps) {
  const { say } = useTexts();
  const order = useOrder();
  const renew = async () => {
    const answer = await order.give<'renewWebhookKey'>({ command: 'renewWebhookKey' });
    if (answer) onDone(answer.key);
  };
  return (
    <FormDialog
      title={say('webhook.newKey')}
      send={say('webhook.newKey')}
      order={order}
      onSend={() => void renew()}
      onClose={onClose}
    >
      <p>{say('webhook.newKeyText')}</p>
    </FormDialog>
  );
}
