import Button from '@atlaskit/button/new';
import { Facts } from '../shown/facts';
import { PlainDialog } from '../shown/plain-dialog';
import { useTexts } from '../texts/use-texts';

/** The key that signs messages to the webhook, right after it was made. */
export function WebhookKeyDialog({ value, onClose }: { value: string; onClose: () => void }) {
  const { say } = useTexts();
  return (
    <PlainDialog
      title={say('webhook.keyTitle')}
      buttons={
        <Button appearance="primary" onClick={onClose}>
          {say('webhook.kept')}
        </Button>
      }
      onClose={onClose}
    >
      <p>{say('webhook.keyText')}</p>
      <Facts facts={[[say('webhook.key'), <code key="key">{value}</code>]]} />
    </PlainDialog>
  );
}
