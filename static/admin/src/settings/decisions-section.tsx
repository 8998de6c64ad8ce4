import { ModalTransition } from '@atlaskit/modal-dialog';
import type { Roles, Settings } from '../../gen/types';
import { Facts } from '../shown/facts';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import { ApprovalIssuesDialog } from './approval-issues-dialog';
import { RoleDialog } from './role-dialog';
import { useTexts } from '../texts/use-texts';

/** Who may decide besides the administrators of the organization, and which project asks for approvals. */
export function DecisionsSection({ settings, onChange }: { settings: Settings; onChange: () => void }) {
  const { say } = useTexts();
  const dialog = useDialog<keyof Roles | 'issues'>(onChange);
  const { roles, approvalIssues } = settings;
  return (
    <Section
      title={say('settings.whoDecides')}
      actions={
        <>
          <OrderButton onClick={() => dialog.open('operator')}>{say('settings.chooseOperators')}</OrderButton>
          <OrderButton onClick={() => dialog.open('approver')}>{say('settings.chooseApprovers')}</OrderButton>
          <OrderButton onClick={() => dialog.open('issues')}>{say('settings.approvalIssues')}</OrderButton>
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
        {dialog.about === 'issues' && (
          <ApprovalIssuesDialog place={approvalIssues ?? undefined} onDone={dialog.done} onClose={dialog.close} />
        )}
      </ModalTransition>
      <ModalTransition>
        {(dialog.about === 'operator' || dialog.about === 'approver') && (
          <RoleDialog roles={roles} role={dialog.about} onDone={dialog.done} onClose={dialog.close} />
        )}
      </ModalTransition>
    </Section>
  );
}
