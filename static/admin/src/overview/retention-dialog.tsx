import Button from '@atlaskit/button/new';
import Form, { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { DialogBody } from '../shown/dialog';
import { keptText } from './kept-text';

interface RetentionDialogProps {
  days: number | null;
  onDone: () => void;
  onClose: () => void;
}

/** For how long the log and the runs are kept. The core says which figures it takes. */
export function RetentionDialog({ days, onDone, onClose }: RetentionDialogProps) {
  const { backend } = useDesk();
  const order = useOrder();
  const change = async ({ kept = '' }: { kept?: string }) => {
    const settings = await order.give<'setRetention'>({
      command: 'setRetention',
      days: kept.trim() ? Number(kept) : null,
    });
    if (!settings) return;
    backend.announce(`The log is kept ${keptText(settings.retentionDays)}`);
    onDone();
  };
  return (
    <ModalDialog onClose={onClose} width="small">
      <Form<{ kept?: string }> onSubmit={change}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>Change how long the log is kept</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <Field name="kept" label="Days" defaultValue={days === null ? '' : String(days)} validate={wholeNumber}>
                  {({ fieldProps, error }) => (
                    <>
                      <Textfield {...fieldProps} type="number" min={180} width="small" />
                      <HelperMessage>
                        At least 180, or nothing to keep it for ever. What is older is deleted, with the plans of old
                        runs, and cannot be had back: download its evidence first.
                      </HelperMessage>
                      {error && <ErrorMessage>{error}</ErrorMessage>}
                    </>
                  )}
                </Field>
                {order.failure && <FailureMessage failure={order.failure} title="Nothing was changed" />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              <Button appearance="subtle" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                Change
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}

const wholeNumber = (value: string | undefined) => (/^\d*$/.test(value ?? '') ? undefined : 'Enter a whole number.');
