import Button from '@atlaskit/button/new';
import Form, { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import type { ApprovalIssues } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { DialogBody } from '../shown/dialog';
import { useTexts } from '../texts/use-texts';

interface ApprovalIssuesDialogProps {
  place: ApprovalIssues | undefined;
  onDone: () => void;
  onClose: () => void;
}

interface Values {
  project: string;
  issueType: string;
  approvedStatus: string;
}

/** Which project asks for approvals, and what its statuses mean. */
export function ApprovalIssuesDialog({ place, onDone, onClose }: ApprovalIssuesDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const [confirmed, setConfirmed] = useState(place?.confirmedBrowsers ?? false);
  const set = async (issues: ApprovalIssues | null) => {
    if (!(await order.give<'setApprovalIssues'>({ command: 'setApprovalIssues', issues }))) return;
    backend.announce(
      issues ? say('settings.askedForIn', { project: issues.project }) : say('settings.askedForNowhere'),
    );
    onDone();
  };
  const save = ({ project, issueType, approvedStatus }: Values) =>
    set({
      project: project.trim(),
      issueType: issueType.trim(),
      approvedStatus: approvedStatus.trim(),
      confirmedBrowsers: confirmed,
    });
  return (
    <ModalDialog onClose={onClose} width="small">
      <Form<Values> onSubmit={save}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>{say('settings.approvalIssues')}</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <Text name="project" label={say('settings.projectKey')} value={place?.project} />
                <Text name="issueType" label={say('settings.issueType')} value={place?.issueType} />
                <Text
                  name="approvedStatus"
                  label={say('settings.approvedStatus')}
                  value={place?.approvedStatus}
                  help={say('settings.approvedStatusHelp')}
                />
                <label>
                  <input
                    type="checkbox"
                    checked={confirmed}
                    onChange={(event) => setConfirmed(event.currentTarget.checked)}
                  />{' '}
                  {say('settings.browsersMayRead')}
                </label>
                {order.failure && <FailureMessage failure={order.failure} title={say('shown.nothingChanged')} />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              {place && (
                <Button appearance="subtle" onClick={() => void set(null)}>
                  {say('settings.withoutIssues')}
                </Button>
              )}
              <Button appearance="subtle" onClick={onClose}>
                {say('shown.cancel')}
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                {say('settings.save')}
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}

interface TextProps {
  name: keyof Values;
  label: string;
  value: string | undefined;
  help?: string;
}

function Text({ name, label, value, help }: TextProps) {
  const { say } = useTexts();
  return (
    <Field
      name={name}
      label={label}
      isRequired
      defaultValue={value ?? ''}
      validate={(text) => (text?.trim() ? undefined : 'EMPTY')}
    >
      {({ fieldProps, error }) => (
        <>
          <Textfield {...fieldProps} maxLength={255} autoComplete="off" />
          {help && <HelperMessage>{help}</HelperMessage>}
          {error && <ErrorMessage>{say('shown.fillIn')}</ErrorMessage>}
        </>
      )}
    </Field>
  );
}
