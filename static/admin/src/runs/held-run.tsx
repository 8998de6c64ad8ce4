import { ModalTransition } from '@atlaskit/modal-dialog';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { Run } from '../../gen/types';
import { useDesk } from '../page/desk';
import { Link } from '../shown/link';
import { OrderButton } from '../shown/order-button';
import { counted, sentence } from '../shown/sentence';
import { DecisionDialog, type Decision } from './decision-dialog';
import './held-run.css';

interface HeldRunProps {
  run: Run;
  onChange: (run: Run) => void;
  /** The steps that an approval holds out. */
  heldOut?: number[];
  /** Whether the run's name leads to its page. */
  linked?: boolean;
}

/** A run that a guard stopped before its first action, and the two ways out. */
export function HeldRun({ run, onChange, heldOut = [], linked }: HeldRunProps) {
  const { viewer } = useDesk();
  const [decision, setDecision] = useState<Decision>();
  const close = () => setDecision(undefined);
  const decided = (changed: Run) => {
    close();
    onChange(changed);
  };
  const people = counted(run.plan?.steps ?? run.counts.planned, 'person', 'people', viewer.locale);
  return (
    <SectionMessage appearance="warning" title={`“${run.policy.name}” is held before its first action`}>
      <div className="held-run">
        <ul>
          {run.guards.map((guard) => (
            <li key={guard.code}>{sentence(guard.text)}</li>
          ))}
        </ul>
        <p>
          It would act on {people}. {linked && <Link to={{ page: 'run', id: run.id }}>See who, and why</Link>}
        </p>
        <div className="held-run-orders">
          <OrderButton
            appearance="primary"
            by="approver"
            label={`Release the run of ${run.policy.name}`}
            onClick={() => setDecision('release')}
          >
            Release
          </OrderButton>
          {run.approvalWanted && !linked && (
            <OrderButton
              by="approver"
              label={`Release and approve the run of ${run.policy.name}`}
              onClick={() => setDecision('approve')}
            >
              Release and approve
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
