import Button from '@atlaskit/button/new';
import ModalDialog, { ModalBody, ModalHeader, ModalTitle, ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Connection, Warning } from '../../gen/types';
import { Account } from '../shown/account';
import { Facts } from '../shown/facts';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { CapabilityList } from './capability-list';
import { ConnectForm } from './connect-form';
import { KeyExpiry } from './key-expiry';

interface ConnectionSectionProps {
  connection: Connection;
  warnings: Warning[];
  onChange: () => void;
}

/** The organization's connection, and what its key is good for. */
export function ConnectionSection({ connection, warnings, onChange }: ConnectionSectionProps) {
  const [replacing, setReplacing] = useState(false);
  const close = () => setReplacing(false);
  const replaced = () => {
    close();
    onChange();
  };
  return (
    <Section title="Connection" actions={<OrderButton onClick={() => setReplacing(true)}>Replace key</OrderButton>}>
      <Facts
        facts={[
          ['Organization', connection.organizationName],
          ['Organization id', <code key="id">{connection.organizationId}</code>],
          ['Directories', connection.directories.map((directory) => directory.name).join(', ')],
          ['Key made by', <Account key="owner" id={connection.owner} />],
          [
            'Key saved',
            <span key="saved">
              <Moment at={connection.savedAt} /> by <Account id={connection.savedBy} />
            </span>,
          ],
          ['Key expires', <KeyExpiry key="expires" expires={connection.expires} warnings={warnings} />],
          ['What the key allows', <CapabilityList key="capabilities" capabilities={connection.capabilities} />],
        ]}
      />
      <ModalTransition>
        {replacing && (
          <ModalDialog onClose={close}>
            <ModalHeader hasCloseButton>
              <ModalTitle>Replace the API key</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <ConnectForm
                organizationId={connection.organizationId}
                onConnected={replaced}
                cancel={
                  <Button appearance="subtle" onClick={close}>
                    Cancel
                  </Button>
                }
              />
            </ModalBody>
          </ModalDialog>
        )}
      </ModalTransition>
    </Section>
  );
}
