import Button from '@atlaskit/button/new';
import Form, { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { DialogBody } from '../shown/dialog';

interface CapDialogProps {
  percent: number;
  onDone: () => void;
  onClose: () => void;
}

/** The organization's cap over all policies in any 24 hours. The core says which figures it takes. */
export function CapDialog({ percent, onDone, onClose }: CapDialogProps) {
  const { backend } = useDesk();
  const order = useOrder();
  const change = async ({ percentPerDay }: { percentPerDay: string }) => {
    const settings = await order.give<'setLimits'>({ command: 'setLimits', percentPerDay: Number(percentPerDay) });
    if (!settings) return;
    backend.announce(`The cap is ${settings.percentPerDay} % in 24 hours`);
    onDone();
  };
  return (
    <ModalDialog onClose={onClose} width="small">
      <Form<{ percentPerDay: string }> onSubmit={change}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>Change the organization’s cap</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <Field
                  name="percentPerDay"
                  label="Percent in any 24 hours"
                  isRequired
                  defaultValue={String(percent)}
                  validate={wholeNumber}
                >
                  {({ fieldProps, error }) => (
                    <>
                      <Textfield {...fieldProps} type="number" min={0} max={100} width="small" />
                      <HelperMessage>
                        Of the people whom an action can reach, over all policies. A run above it is held.
                      </HelperMessage>
                      {error && <ErrorMessage>{error}</ErrorMessage>}
                    </>
                  )}
                </Field>
                {order.failure && <FailureMessage failure={order.failure} title="The cap was not changed" />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              <Button appearance="subtle" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                Change cap
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}

const wholeNumber = (value: string | undefined) => (/^\d+$/.test(value ?? '') ? undefined : 'Enter a whole number.');
