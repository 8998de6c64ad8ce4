import type { ReactNode } from 'react';
import type { Run } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import { countedAct } from './act-text';
import { useTexts } from '../texts/use-texts';
import { runName } from './run-name';
import { remaining, type HeldOut } from './held-out';

export type Decision = 'release' | 'approve' | 'reject' | 'abort';

interface DecisionDialogProps {
  run: Run;
  decision: Decision;
  /** The steps that an approval holds out. */
  heldOut?: HeldOut[];
  onDecided: (run: Run) => void;
  onClose: () => void;
}

/** Decisions after which the run goes on. */
const POSITIVE: readonly Decision[] = ['release', 'approve'];

/** Decides on a run, with a reason. */
export function DecisionDialog({ run, decision, heldOut = [], onDecided, onClose }: DecisionDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();

  const give = (reason: string): Promise<Run | undefined> => {
    switch (decision) {
      case 'release':
        return order.give<'releaseRun'>({ command: 'releaseRun', run: run.id, reason });
      case 'approve':
        return order.give<'approveRun'>({
          command: 'approveRun',
          run: run.id,
          reason,
          holdOut: heldOut.map(({ step }) => step),
        });
      case 'reject':
        return order.give<'rejectRun'>({ command: 'rejectRun', run: run.id, reason });
      case 'abort':
        return order.give<'abortRun'>({ command: 'abortRun', run: run.id, reason });
    }
  };
  const decide = async (reason: string) => {
    const changed = await give(reason);
    if (!changed) return;
    backend.announce(say(`runs.decided.${decision}`), runName(run, say));
    onDecided(changed);
  };

  return (
    <Dialog
      title={say(`runs.question.${decision}`)}
      order={say(`runs.${decision}`)}
      appearance={POSITIVE.includes(decision) ? 'primary' : 'danger'}
      reasonLabel={say('shown.reason')}
      busy={order.busy}
      failure={order.failure}
      failureTitle={say(`runs.undecided.${decision}`)}
      onOrder={(reason) => void decide(reason)}
      onClose={onClose}
    >
      <Meaning run={run} decision={decision} heldOut={heldOut} />
    </Dialog>
  );
}

/** What comes of a decision. */
function Meaning({ run, decision, heldOut }: { run: Run; decision: Decision; heldOut: HeldOut[] }): ReactNode {
  const { say } = useTexts();
  const people = (count: number) => say('shown.people', { count });
  const left = remaining(run, heldOut);
  if (decision === 'reject') return <p>{say('runs.rejectMeaning')}</p>;
  if (decision === 'abort') return <p>{say('runs.abortMeaning')}</p>;
  return (
    <>
      {decision === 'release' && run.approvalWanted ? (
        <p>{say('runs.releaseMeaning', { people: people(left.people) })}</p>
      ) : (
        <>
          <p>{say('runs.willDo')}</p>
          <ul>
            {left.acts.map(({ act, people: count }) => (
              <li key={act}>{countedAct(act, people(count), say)}</li>
            ))}
          </ul>
          <p>{say('runs.goOnMeaning')}</p>
        </>
      )}
      {heldOut.length > 0 && <p>{say('runs.heldOutMeaning', { people: people(heldOut.length) })}</p>}
    </>
  );
}
