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
import { useTexts } from '../texts/use-texts';

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
  const { say } = useTexts();
  const order = useOrder();
  const change = async ({ days = '', issue = '' }: Fields) => {
    const wanted = { days: days.trim() ? Number(days) : null, issue: issue.trim() || null };
    if (wanted.issue !== anchorIssue) {
      if (!(await order.give<'setAnchorIssue'>({ command: 'setAnchorIssue', issue: wanted.issue }))) return;
    }
    if (wanted.days !== retentionDays) {
      if (!(await order.give<'setRetention'>({ command: 'setRetention', days: wanted.days }))) return;
    }
    backend.announce(say('settings.logIsKept', { howLong: keptText(wanted.days, say) }));
    onDone();
  };
  return (
    <ModalDialog onClose={onClose} width="small">
      <Form<Fields> onSubmit={change}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>{say('settings.keepingTitle')}</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <Field
                  name="days"
                  label={say('settings.days')}
                  defaultValue={retentionDays === null ? '' : String(retentionDays)}
                  validate={wholeNumber}
                >
                  {({ fieldProps, error }) => (
                    <>
                      <Textfield {...fieldProps} type="number" min={180} width="small" />
                      <HelperMessage>{say('settings.daysHelp')}</HelperMessage>
                      {error && <ErrorMessage>{say('shown.wholeNumber')}</ErrorMessage>}
                    </>
                  )}
                </Field>
                <Field name="issue" label={say('settings.anchorIssue')} defaultValue={anchorIssue ?? ''}>
                  {({ fieldProps }) => (
                    <>
                      <Textfield {...fieldProps} width="small" placeholder={say('settings.anchorIssueExample')} />
                      <HelperMessage>{say('settings.anchorIssueHelp')}</HelperMessage>
                    </>
                  )}
                </Field>
                {order.failure && <FailureMessage failure={order.failure} title={say('settings.notAllChanged')} />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              <Button appearance="subtle" onClick={onClose}>
                {say('shown.cancel')}
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                {say('settings.change')}
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}

const wholeNumber = (value: string | undefined) => (/^\d*$/.test(value ?? '') ? undefined : 'WRONG');
