import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Roles, Settings } from '../../gen/types';
import { Facts } from '../shown/facts';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { ApprovalIssuesDialog } from './approval-issues-dialog';
import { RoleDialog } from './role-dialog';

/** Who may decide besides the administrators of the organization, and which project asks for approvals. */
export function DecisionsSection({ settings, onChange }: { settings: Settings; onChange: () => void }) {
  const [asking, setAsking] = useState<keyof Roles | 'issues'>();
  const close = () => setAsking(undefined);
  const done = () => {
    close();
    onChange();
  };
  const { roles, approvalIssues } = settings;
  return (
    <Section
      title="Who decides"
      actions={
        <>
          <OrderButton onClick={() => setAsking('operator')}>Choose operators</OrderButton>
          <OrderButton onClick={() => setAsking('approver')}>Choose approvers</OrderButton>
          <OrderButton onClick={() => setAsking('issues')}>Approval issues</OrderButton>
        </>
      }
    >
      <Facts
        facts={[
          ['Start, reject, abort and stop runs', roles.operator?.name ?? 'administrators of the organization only'],
          ['Also release and approve them', roles.approver?.name ?? 'administrators of the organization only'],
          [
            'Approval issues',
            approvalIssues
              ? `in ${approvalIssues.project}, approved by the status “${approvalIssues.approvedStatus}”, ${approvalIssues.confirmedBrowsers ? 'with' : 'without'} names`
              : 'none: policies that want them are approved on the page',
          ],
        ]}
      />
      <ModalTransition>
        {asking === 'issues' && (
          <ApprovalIssuesDialog place={approvalIssues ?? undefined} onDone={done} onClose={close} />
        )}
      </ModalTransition>
      <ModalTransition>
        {(asking === 'operator' || asking === 'approver') && (
          <RoleDialog roles={roles} role={asking} onDone={done} onClose={close} />
        )}
      </ModalTransition>
    </Section>
  );
}
