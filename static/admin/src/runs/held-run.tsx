import { ModalTransition } from '@atlaskit/modal-dialog';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { Run } from '../../gen/types';
import { Link } from '../shown/link';
import { OrderButton } from '../shown/order-button';
import { sentence } from '../shown/sentence';
import { DecisionDialog, type Decision } from './decision-dialog';
import { useTexts } from '../texts/use-texts';
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
  const { say } = useTexts();
  const [decision, setDecision] = useState<Decision>();
  const close = () => setDecision(undefined);
  const decided = (changed: Run) => {
    close();
    onChange(changed);
  };
  const people = say('shown.people', { count: run.plan?.steps ?? run.counts.planned });
  const policy = run.policy.name;
  return (
    <SectionMessage appearance="warning" title={say('runs.isHeld', { policy })}>
      <div className="held-run">
        <ul>
          {run.guards.map((guard) => (
            <li key={guard.code}>{sentence(guard.text)}</li>
          ))}
        </ul>
        <p>
          {say('runs.wouldActOn', { people })}{' '}
          {linked && <Link to={{ page: 'run', id: run.id }}>{say('runs.seeWho')}</Link>}
        </p>
        <div className="held-run-orders">
          <OrderButton
            appearance="primary"
            by="approver"
            label={say('runs.releaseOf', { policy })}
            onClick={() => setDecision('release')}
          >
            {say('runs.release')}
          </OrderButton>
          {run.approvalWanted && !linked && (
            <OrderButton
              by="approver"
              label={say('runs.releaseAndApproveOf', { policy })}
              onClick={() => setDecision('approve')}
            >
              {say('runs.releaseAndApprove')}
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
