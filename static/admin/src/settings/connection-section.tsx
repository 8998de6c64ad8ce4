import Button from '@atlaskit/button/new';
import ModalDialog, { ModalBody, ModalHeader, ModalTitle, ModalTransition } from '@atlaskit/modal-dialog';
import type { Connection, Warning } from '../../gen/types';
import { Account } from '../shown/account';
import { Facts } from '../shown/facts';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import { CapabilityList } from './capability-list';
import { ConnectForm } from './connect-form';
import { KeyExpiry } from './key-expiry';
import { useTexts } from '../texts/use-texts';

interface ConnectionSectionProps {
  connection: Connection;
  warnings: Warning[];
  onChange: () => void;
}

/** The organization's connection, and what its key is good for. */
export function ConnectionSection({ connection, warnings, onChange }: ConnectionSectionProps) {
  const { say, show } = useTexts();
  const dialog = useDialog(onChange);
  return (
    <Section
      title={say('settings.connection')}
      actions={<OrderButton onClick={() => dialog.open(true)}>{say('settings.replaceKey')}</OrderButton>}
    >
      <Facts
        facts={[
          [say('settings.organization'), connection.organizationName],
          [say('settings.organizationId'), <code key="id">{connection.organizationId}</code>],
          [say('settings.directories'), connection.directories.map((directory) => directory.name).join(', ')],
          [say('settings.keyMadeBy'), <Account key="owner" id={connection.owner} />],
          [
            say('settings.keySaved'),
            <span key="saved">
              {show('shown.doneBy', {
                when: <Moment at={connection.savedAt} />,
                who: <Account id={connection.savedBy} />,
              })}
            </span>,
          ],
          [say('settings.keyExpires'), <KeyExpiry key="expires" expires={connection.expires} warnings={warnings} />],
          [say('settings.keyAllows'), <CapabilityList key="capabilities" capabilities={connection.capabilities} />],
        ]}
      />
      <ModalTransition>
        {dialog.about && (
          <ModalDialog onClose={dialog.close}>
            <ModalHeader hasCloseButton>
              <ModalTitle>{say('settings.replaceTheKey')}</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <ConnectForm
                organizationId={connection.organizationId}
                onConnected={dialog.done}
                cancel={
                  <Button appearance="subtle" onClick={dialog.close}>
                    {say('shown.cancel')}
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
