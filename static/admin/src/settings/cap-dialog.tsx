import Button from '@atlaskit/button/new';
import Form, { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { DialogBody } from '../shown/dialog';
import { useTexts } from '../texts/use-texts';

interface CapDialogProps {
  percent: number;
  onDone: () => void;
  onClose: () => void;
}

/** The organization's cap over all policies in any 24 hours. The core says which figures it takes. */
export function CapDialog({ percent, onDone, onClose }: CapDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const change = async ({ percentPerDay }: { percentPerDay: string }) => {
    const settings = await order.give<'setLimits'>({ command: 'setLimits', percentPerDay: Number(percentPerDay) });
    if (!settings) return;
    backend.announce(say('settings.capIs', { percent: settings.percentPerDay }));
    onDone();
  };
  return (
    <ModalDialog onClose={onClose} width="small">
      <Form<{ percentPerDay: string }> onSubmit={change}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>{say('settings.capTitle')}</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <Field
                  name="percentPerDay"
                  label={say('settings.capQuestion')}
                  isRequired
                  defaultValue={String(percent)}
                  validate={wholeNumber}
                >
                  {({ fieldProps, error }) => (
                    <>
                      <Textfield {...fieldProps} type="number" min={0} max={100} width="small" />
                      <HelperMessage>{say('settings.capHelp')}</HelperMessage>
                      {error && <ErrorMessage>{say('shown.wholeNumber')}</ErrorMessage>}
                    </>
                  )}
                </Field>
                {order.failure && <FailureMessage failure={order.failure} title={say('settings.capNotChanged')} />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              <Button appearance="subtle" onClick={onClose}>
                {say('shown.cancel')}
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                {say('settings.changeCap')}
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}

const wholeNumber = (value: string | undefined) => (/^\d+$/.test(value ?? '') ? undefined : 'WRONG');
