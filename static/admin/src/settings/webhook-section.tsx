import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Webhook } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Account } from '../shown/account';
import { Facts } from '../shown/facts';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useTexts } from '../texts/use-texts';
import { NewKeyDialog } from './new-key-dialog';
import { WebhookDialog } from './webhook-dialog';
import { WebhookKeyDialog } from './webhook-key-dialog';

/** What is asked in a dialog: the address, whether to make a new key; or the key that was just made, as it is shown once. */
type Asking = 'address' | 'newKey' | { key: string };

/** The webhook to which the news goes besides mail. */
export function WebhookSection({ webhook, onChange }: { webhook: Webhook | null; onChange: () => void }) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const [asking, setAsking] = useState<Asking>();
  const testing = useOrder();
  const close = () => setAsking(undefined);
  const saved = (key: string | null) => {
    testing.forget();
    setAsking(key === null ? undefined : { key });
    onChange();
  };
  const test = async () => {
    if (await testing.give<'testWebhook'>({ command: 'testWebhook' })) backend.announce(say('webhook.testArrived'));
  };
  return (
    <Section
      title={say('webhook.title')}
      actions={
        <>
          {webhook && (
            <>
              <OrderButton isLoading={testing.busy} onClick={() => void test()}>
                {say('webhook.test')}
              </OrderButton>
              <OrderButton onClick={() => setAsking('newKey')}>{say('webhook.newKey')}</OrderButton>
            </>
          )}
          <OrderButton onClick={() => setAsking('address')}>
            {say(webhook ? 'webhook.change' : 'webhook.set')}
          </OrderButton>
        </>
      }
    >
      <p>{say('webhook.meaning')}</p>
      <WebhookFacts webhook={webhook} />
      {testing.failure && <FailureMessage failure={testing.failure} title={say('webhook.testFailed')} />}
      <ModalTransition>
        {asking === 'address' && <WebhookDialog isSet={webhook !== null} onDone={saved} onClose={close} />}
        {asking === 'newKey' && <NewKeyDialog onDone={saved} onClose={close} />}
        {typeof asking === 'object' && <WebhookKeyDialog value={asking.key} onClose={close} />}
      </ModalTransition>
    </Section>
  );
}

function WebhookFacts({ webhook }: { webhook: Webhook | null }) {
  const { say, show } = useTexts();
  if (!webhook) return <Facts facts={[[say('webhook.receiver'), say('webhook.none')]]} />;
  const { host, ending, saved } = webhook;
  return (
    <Facts
      facts={[
        [say('webhook.receiver'), say('webhook.at', { host, ending })],
        [
          say('webhook.saved'),
          <span key="saved">
            {show('shown.doneBy', { when: <Moment at={saved.at} />, who: <Account id={saved.by} /> })}
          </span>,
        ],
      ]}
    />
  );
}
