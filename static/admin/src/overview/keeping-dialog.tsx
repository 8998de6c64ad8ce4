import Button from '@atlaskit/button/new';
import Form, { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import type { Settings } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { DialogBody } from '../shown/dialog';
import { keptText } from './kept-text';

interface KeepingDialogProps {
  settings: Settings;
  onDone: () => void;
  onClose: () => void;
}

interface Fields {
  days?: string;
  issue?: string;
}

/** For how long the log is kept, and where its heads are written down. The core says what it takes. */
export function KeepingDialog({ settings: { retentionDays, anchorIssue }, onDone, onClose }: KeepingDialogProps) {
  const { backend } = useDesk();
  const order = useOrder();
  const change = async ({ days = '', issue = '' }: Fields) => {
    const wanted = { days: days.trim() ? Number(days) : null, issue: issue.trim() || null };
    if (wanted.issue !== anchorIssue) {
      if (!(await order.give<'setAnchorIssue'>({ command: 'setAnchorIssue', issue: wanted.issue }))) return;
    }
    if (wanted.days !== retentionDays) {
      if (!(await order.give<'setRetention'>({ command: 'setRetention', days: wanted.days }))) return;
    }
    backend.announce(`The log is kept ${keptText(wanted.days)}`);
    onDone();
  };
  return (
    <ModalDialog onClose={onClose} width="small">
      <Form<Fields> onSubmit={change}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>Change how the log is kept</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <Field
                  name="days"
                  label="Days"
                  defaultValue={retentionDays === null ? '' : String(retentionDays)}
                  validate={wholeNumber}
                >
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
                <Field name="issue" label="Anchor issue" defaultValue={anchorIssue ?? ''}>
                  {({ fieldProps }) => (
                    <>
                      <Textfield {...fieldProps} width="small" placeholder="AUDIT-7" />
                      <HelperMessage>
                        The log’s newest entry is written on this Jira issue once a day, so that a shortened log shows.
                      </HelperMessage>
                    </>
                  )}
                </Field>
                {order.failure && <FailureMessage failure={order.failure} title="Not everything was changed" />}
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
