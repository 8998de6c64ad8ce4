import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Roles, Settings } from '../../gen/types';
import { Facts } from '../shown/facts';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { ApprovalIssuesDialog } from './approval-issues-dialog';
import { RoleDialog } from './role-dialog';
import { useTexts } from '../texts/use-texts';

/** Who may decide besides the administrators of the organization, and which project asks for approvals. */
export function DecisionsSection({ settings, onChange }: { settings: Settings; onChange: () => void }) {
  const { say } = useTexts();
  const [asking, setAsking] = useState<keyof Roles | 'issues'>();
  const close = () => setAsking(undefined);
  const done = () => {
    close();
    onChange();
  };
  const { roles, approvalIssues } = settings;
  return (
    <Section
      title={say('settings.whoDecides')}
      actions={
        <>
          <OrderButton onClick={() => setAsking('operator')}>{say('settings.chooseOperators')}</OrderButton>
          <OrderButton onClick={() => setAsking('approver')}>{say('settings.chooseApprovers')}</OrderButton>
          <OrderButton onClick={() => setAsking('issues')}>{say('settings.approvalIssues')}</OrderButton>
        </>
      }
    >
      <Facts
        facts={[
          [say('settings.mayRun'), roles.operator?.name ?? say('settings.administratorsOnly')],
          [say('settings.mayApprove'), roles.approver?.name ?? say('settings.administratorsOnly')],
          [
            say('settings.approvalIssues'),
            approvalIssues
              ? say(approvalIssues.confirmedBrowsers ? 'settings.issuesWithNames' : 'settings.issuesWithoutNames', {
                  project: approvalIssues.project,
                  status: approvalIssues.approvedStatus,
                })
              : say('settings.noIssues'),
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
