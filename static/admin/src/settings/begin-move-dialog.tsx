import Button from '@atlaskit/button/new';
import Form, { Field } from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Select from '@atlaskit/select';
import type { Directory } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { DialogBody, ReasonField } from '../shown/dialog';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';

interface DirectoryOption {
  label: string;
  value: string;
}

interface Values {
  account: string;
  from: DirectoryOption | null;
  resource: string;
  reason: string;
}

interface BeginMoveDialogProps {
  directories: Directory[];
  onDone: () => void;
  onClose: () => void;
}

/** Asks for one person to be moved to another directory. */
export function BeginMoveDialog({ directories, onDone, onClose }: BeginMoveDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const options = directories.map(({ id, name }) => ({ label: name, value: id }));
  const begin = async ({ account, from, resource, reason }: Values) => {
    if (!from) return;
    const asked = await order.give<'beginMove'>({
      command: 'beginMove',
      account: account.trim(),
      from: from.value,
      resource: resource.trim(),
      role: null,
      groups: null,
      reason: reason.trim(),
    });
    if (!asked) return;
    backend.announce(say('settings.moveAsked'));
    onDone();
  };
  return (
    <ModalDialog onClose={onClose} width="small">
      <Form<Values> onSubmit={begin}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>{say('settings.beginMove')}</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <p>{say('settings.beginMoveMeaning')}</p>
                <TextQuestion
                  name="account"
                  label={say('settings.moveAccount')}
                  help={say('settings.moveAccountHelp')}
                  missing={say('shown.fillIn')}
                />
                <Field<DirectoryOption | null>
                  name="from"
                  label={say('settings.moveFrom')}
                  isRequired
                  defaultValue={options[0] ?? null}
                  validate={(value) => (value ? undefined : 'EMPTY')}
                >
                  {({ fieldProps: { id, ...field } }) => (
                    <Select<DirectoryOption> {...field} inputId={id} options={options} menuPosition="fixed" />
                  )}
                </Field>
                <TextQuestion
                  name="resource"
                  label={say('settings.moveResource')}
                  help={say('settings.moveResourceHelp')}
                  missing={say('shown.fillIn')}
                />
                <ReasonField label={say('shown.reason')} />
                {order.failure && <FailureMessage failure={order.failure} title={say('settings.moveNotAsked')} />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              <Button appearance="subtle" onClick={onClose}>
                {say('shown.cancel')}
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                {say('settings.askForMove')}
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}
