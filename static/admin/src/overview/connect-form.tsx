import Button from '@atlaskit/button/new';
import Form from '@atlaskit/form';
import type { ReactNode } from 'react';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { TextQuestion } from '../shown/text-question';
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
    backend.announce(`Connected to ${connected.organizationName}`, 'The key is stored in Forge’s secret store.');
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
            label="Organization id"
            defaultValue={organizationId}
            help="In admin.atlassian.com it stands in the address after /o/."
            missing="Enter the organization’s id."
          />
          <TextQuestion
            name="apiKey"
            label="API key"
            type="password"
            help="An organization API key without scopes. It is tried now, kept in Forge’s secret store and never shown again."
            missing="Paste the API key."
          />
          <TextQuestion
            name="expires"
            label="Day on which the key expires"
            type="date"
            help="It stands beside the key in admin.atlassian.com. Seatkeeper counts it down and warns in time."
          />
          <TextQuestion
            name="owner"
            label="Account id of the key’s owner"
            help="Only if somebody else made the key. Its owner is never acted on."
          />
          {order.failure && <FailureMessage failure={order.failure} title="The organization was not connected" />}
          <div className="connect-actions">
            <Button type="submit" appearance="primary" isLoading={order.busy}>
              Try and save
            </Button>
            {cancel}
          </div>
        </form>
      )}
    </Form>
  );
}
