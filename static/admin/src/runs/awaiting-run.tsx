import { ModalTransition } from '@atlaskit/modal-dialog';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { Run } from '../../gen/types';
import { Link } from '../shown/link';
import { OrderButton } from '../shown/order-button';
import { DecisionDialog } from './decision-dialog';
import { useTexts } from '../texts/use-texts';
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
  const { say } = useTexts();
  const [decision, setDecision] = useState<'approve' | 'reject'>();
  const close = () => setDecision(undefined);
  const decided = (changed: Run) => {
    close();
    onChange(changed);
  };
  const people = say('shown.people', { count: run.plan?.steps ?? run.counts.planned });
  const policy = run.policy.name;
  return (
    <SectionMessage appearance="warning" title={say('runs.awaits', { policy })}>
      <div className="held-run">
        <p>
          {say('runs.wouldActOn', { people })}{' '}
          {linked && <Link to={{ page: 'run', id: run.id }}>{say('runs.seeWhoAndDecide')}</Link>}
          {!linked && say('runs.holdOutFirst')}{' '}
          {run.approvalIssue && say('runs.issueAsks', { issue: run.approvalIssue })}
        </p>
        <div className="held-run-orders">
          {!linked && (
            <OrderButton
              appearance="primary"
              by="approver"
              label={say('runs.approveOf', { policy })}
              onClick={() => setDecision('approve')}
            >
              {say('runs.approve')}
            </OrderButton>
          )}
          <OrderButton by="operator" label={say('runs.rejectOf', { policy })} onClick={() => setDecision('reject')}>
            {say('runs.reject')}
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
