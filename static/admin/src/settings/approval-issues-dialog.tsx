import { useState } from 'react';
import type { ApprovalIssues } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Checkbox } from '../shown/checkbox';
import { FormDialog } from '../shown/form-dialog';
import { TextQuestion } from '../shown/text-question';
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
  const question = { missing: say('shown.fillIn'), maxLength: 255 };
  return (
    <FormDialog<Values>
      title={say('settings.approvalIssues')}
      send={say('settings.save')}
      instead={place && { text: say('settings.withoutIssues'), onSend: () => void set(null) }}
      order={order}
      onSend={(values) => void save(values)}
      onClose={onClose}
    >
      <TextQuestion
        {...question}
        name="project"
        label={say('settings.projectKey')}
        defaultValue={place?.project ?? ''}
      />
      <TextQuestion
        {...question}
        name="issueType"
        label={say('settings.issueType')}
        defaultValue={place?.issueType ?? ''}
      />
      <TextQuestion
        {...question}
        name="approvedStatus"
        label={say('settings.approvedStatus')}
        help={say('settings.approvedStatusHelp')}
        defaultValue={place?.approvedStatus ?? ''}
      />
      <Checkbox label={say('settings.browsersMayRead')} checked={confirmed} onChange={setConfirmed} />
    </FormDialog>
  );
}
