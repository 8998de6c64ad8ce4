import Button from '@atlaskit/button/new';
import Form from '@atlaskit/form';
import type { ReactNode } from 'react';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';
import './connect-form.css';

interface ConnectFormProps {
  organizationId: string;
  /** A second button, such as "Cancel". */
  cancel?: ReactNode;
  onConnected: () => void;
}

interface Values {
  organizationId: string;
  apiKey: string;
  expires: string;
  owner: string;
}

/** The organization and its key. The key is tried before it is stored, and never comes back to the page. */
export function ConnectForm({ organizationId, cancel, onConnected }: ConnectFormProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const reading = useOrder();

  const connect = async (values: Values) => {
    const owner = values.owner.trim() || null;
    const connected = await order.give<'connect'>({
      command: 'connect',
      organizationId: values.organizationId.trim(),
      apiKey: values.apiKey.trim(),
      owner,
      expires: values.expires || null,
    });
    if (!connected) return;
    backend.announce(
      say('settings.connectedTo', { organization: connected.organizationName }),
      say('settings.keyIsStored'),
    );
    // What is known is read at once; where that fails the schedule begins it within minutes.
    await reading.give<'startSync'>({ command: 'startSync' });
    onConnected();
  };

  return (
    <Form<Values> onSubmit={connect}>
      {({ formProps }) => (
        <form {...formProps} className="connect-form" noValidate autoComplete="off">
          <TextQuestion
            name="organizationId"
            label={say('settings.organizationId')}
            defaultValue={organizationId}
            help={say('settings.organizationIdHelp')}
            missing={say('settings.organizationIdMissing')}
          />
          <TextQuestion
            name="apiKey"
            label={say('settings.apiKey')}
            type="password"
            help={say('settings.apiKeyHelp')}
            missing={say('settings.apiKeyMissing')}
          />
          <TextQuestion name="expires" label={say('settings.expires')} type="date" help={say('settings.expiresHelp')} />
          <TextQuestion name="owner" label={say('settings.owner')} help={say('settings.ownerHelp')} />
          {order.failure && <FailureMessage failure={order.failure} title={say('settings.notConnected')} />}
          <div className="connect-actions">
            <Button type="submit" appearance="primary" isLoading={order.busy}>
              {say('settings.tryAndSave')}
            </Button>
            {cancel}
          </div>
        </form>
      )}
    </Form>
  );
}
