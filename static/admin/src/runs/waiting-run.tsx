import { ModalTransition } from '@atlaskit/modal-dialog';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { Run } from '../../gen/types';
import { Link } from '../shown/link';
import { OrderButton } from '../shown/order-button';
import { PlainWords } from '../shown/plain-words';
import { sentence } from '../shown/sentence';
import { DecisionDialog, type Decision } from './decision-dialog';
import { useTexts } from '../texts/use-texts';
import type { HeldOut } from './held-out';
import { runName } from './run-name';
import './waiting-run.css';

interface WaitingRunProps {
  run: Run;
  onChange: (run: Run) => void;
  /** The steps that an approval holds out. */
  heldOut?: HeldOut[];
  /** Whether the run's name leads to its page: a plan is approved there, where it is seen. */
  linked?: boolean;
}

/** A run that waits for a person: a guard stopped it before its first action, or its plan wants an approval. */
export function WaitingRun({ run, onChange, heldOut = [], linked = false }: WaitingRunProps) {
  const { say } = useTexts();
  const [decision, setDecision] = useState<Decision>();
  const close = () => setDecision(undefined);
  const decided = (changed: Run) => {
    close();
    onChange(changed);
  };
  const policy = runName(run, say);
  return (
    <SectionMessage appearance="warning" title={say(run.state === 'held' ? 'runs.isHeld' : 'runs.awaits', { policy })}>
      <div className="waiting-run">
        <What run={run} linked={linked} />
        <div className="waiting-run-orders">
          {offered(run, linked).map((each, index) => (
            <OrderButton
              key={each}
              by={each === 'reject' ? 'operator' : 'approver'}
              {...(index === 0 && each !== 'reject' && { appearance: 'primary' })}
              label={say(`runs.${nameOf(each, run)}Of`, { policy })}
              onClick={() => setDecision(each)}
            >
              {say(`runs.${nameOf(each, run)}`)}
            </OrderButton>
          ))}
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

type Offered = 'release' | 'approve' | 'reject';

/** The ways out, the first of them first. */
function offered(run: Run, linked: boolean): Offered[] {
  const approve: Offered[] = run.approvalWanted && !linked ? ['approve'] : [];
  return [...(run.state === 'held' ? (['release'] as const) : []), ...approve, 'reject'];
}

/** What the button says: the approval of a held run releases it as well. */
const nameOf = (decision: Offered, { state }: Run): Offered | 'releaseAndApprove' =>
  decision === 'approve' && state === 'held' ? 'releaseAndApprove' : decision;

/** What holds it, on how many people it would act, and where that is seen. */
function What({ run, linked }: { run: Run; linked: boolean }) {
  const { say } = useTexts();
  const held = run.state === 'held';
  const people = say('shown.people', { count: run.plan?.steps ?? run.counts.planned });
  return (
    <>
      {held && (
        <ul>
          {run.guards.map((guard) => (
            <li key={guard.text}>
              <PlainWords text={sentence(guard.text)} />
            </li>
          ))}
        </ul>
      )}
      <p>
        {say('runs.wouldActOn', { people })}{' '}
        {linked && <Link to={{ page: 'run', id: run.id }}>{say(held ? 'runs.seeWho' : 'runs.seeWhoAndDecide')}</Link>}
        {!linked && run.approvalWanted && say('runs.holdOutFirst')}{' '}
        {run.approvalIssue && say('runs.issueAsks', { issue: run.approvalIssue })}
      </p>
    </>
  );
}
