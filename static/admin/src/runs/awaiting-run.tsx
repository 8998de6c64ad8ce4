import { ModalTransition } from '@atlaskit/modal-dialog';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { Run } from '../../gen/types';
import { useDesk } from '../page/desk';
import { Link } from '../shown/link';
import { OrderButton } from '../shown/order-button';
import { counted } from '../shown/sentence';
import { DecisionDialog } from './decision-dialog';
import './held-run.css';

interface AwaitingRunProps {
  run: Run;
  onChange: (run: Run) => void;
  /** The steps that are to be held out. */
  heldOut?: number[];
  /** Whether the run's name leads to its page: the plan is approved there, where it is seen. */
  linked?: boolean;
}

/** A plan that its policy wants approved by a second person. */
export function AwaitingRun({ run, onChange, heldOut = [], linked }: AwaitingRunProps) {
  const { viewer } = useDesk();
  const [decision, setDecision] = useState<'approve' | 'reject'>();
  const close = () => setDecision(undefined);
  const decided = (changed: Run) => {
    close();
    onChange(changed);
  };
  const people = counted(run.plan?.steps ?? run.counts.planned, 'person', 'people', viewer.locale);
  return (
    <SectionMessage appearance="warning" title={`“${run.policy.name}” awaits the approval of its plan`}>
      <div className="held-run">
        <p>
          It would act on {people}.{' '}
          {linked && <Link to={{ page: 'run', id: run.id }}>See who, and why, and decide</Link>}
          {!linked && 'Hold out whom it should spare, then approve the rest.'}
          {run.approvalIssue && ` The issue ${run.approvalIssue} asks for the same decision.`}
        </p>
        <div className="held-run-orders">
          {!linked && (
            <OrderButton
              appearance="primary"
              by="approver"
              label={`Approve the plan of ${run.policy.name}`}
              onClick={() => setDecision('approve')}
            >
              Approve
            </OrderButton>
          )}
          <OrderButton
            by="operator"
            label={`Reject the run of ${run.policy.name}`}
            onClick={() => setDecision('reject')}
          >
            Reject
          </OrderButton>
        </div>
      </div>
      <ModalTransition>
        {decision && (
          <DecisionDialog run={run} decision={decision} heldOut={heldOut} onDecided={decided} onClose={close} />
        )}
      </ModalTransition>
    </SectionMessage>
  );
}
