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
  const order = useOrder();
  const [confirmed, setConfirmed] = useState(place?.confirmedBrowsers ?? false);
  const set = async (issues: ApprovalIssues | null) => {
    if (!(await order.give<'setApprovalIssues'>({ command: 'setApprovalIssues', issues }))) return;
    backend.announce(issues ? `Approvals are asked for in ${issues.project}` : 'No issue asks for approvals');
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
              <ModalTitle>Approval issues</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <Text name="project" label="Key of the project" value={place?.project} />
                <Text name="issueType" label="Id of the issue type" value={place?.issueType} />
                <Text
                  name="approvedStatus"
                  label="Status that approves"
                  value={place?.approvedStatus}
                  help="Every other status that counts as done rejects the plan."
                />
                <label>
                  <input
                    type="checkbox"
                    checked={confirmed}
                    onChange={(event) => setConfirmed(event.currentTarget.checked)}
                  />{' '}
                  Everybody who can browse this project may read the names of the people in a plan
                </label>
                {order.failure && <FailureMessage failure={order.failure} title="Nothing was changed" />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              {place && (
                <Button appearance="subtle" onClick={() => void set(null)}>
                  No issues
                </Button>
              )}
              <Button appearance="subtle" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                Save
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
          {error && <ErrorMessage>Fill this in.</ErrorMessage>}
        </>
      )}
    </Field>
  );
}
