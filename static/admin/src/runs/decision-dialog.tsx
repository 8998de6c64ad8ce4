import type { ReactNode } from 'react';
import type { Run } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import { counted } from '../shown/sentence';

export type Decision = 'release' | 'approve' | 'reject' | 'abort';

interface DecisionDialogProps {
  run: Run;
  decision: Decision;
  /** The steps that an approval holds out. */
  heldOut?: number[];
  onDecided: (run: Run) => void;
  onClose: () => void;
}

const WORDS: Record<Decision, { order: string; done: string; positive: boolean }> = {
  release: { order: 'Release', done: 'released', positive: true },
  approve: { order: 'Approve', done: 'approved', positive: true },
  reject: { order: 'Reject', done: 'rejected', positive: false },
  abort: { order: 'Abort', done: 'aborted', positive: false },
};

/** Decides on a run, with a reason. */
export function DecisionDialog({ run, decision, heldOut = [], onDecided, onClose }: DecisionDialogProps) {
  const { backend } = useDesk();
  const order = useOrder();
  const { order: text, done, positive } = WORDS[decision];

  const give = (reason: string): Promise<Run | undefined> => {
    switch (decision) {
      case 'release':
        return order.give<'releaseRun'>({ command: 'releaseRun', run: run.id, reason });
      case 'approve':
        return order.give<'approveRun'>({ command: 'approveRun', run: run.id, reason, holdOut: heldOut });
      case 'reject':
        return order.give<'rejectRun'>({ command: 'rejectRun', run: run.id, reason });
      case 'abort':
        return order.give<'abortRun'>({ command: 'abortRun', run: run.id, reason });
    }
  };
  const decide = async (reason: string) => {
    const changed = await give(reason);
    if (!changed) return;
    backend.announce(decision === 'abort' ? 'The run ends' : `The run was ${done}`, run.policy.name);
    onDecided(changed);
  };

  return (
    <Dialog
      title={`${text} this run?`}
      order={text}
      appearance={positive ? 'primary' : 'danger'}
      reasonLabel="Reason"
      busy={order.busy}
      failure={order.failure}
      failureTitle={`The run was not ${done}`}
      onOrder={(reason) => void decide(reason)}
      onClose={onClose}
    >
      <Meaning run={run} decision={decision} heldOut={heldOut.length} />
    </Dialog>
  );
}

/** What comes of a decision. */
function Meaning({ run, decision, heldOut }: { run: Run; decision: Decision; heldOut: number }): ReactNode {
  const { viewer } = useDesk();
  const people = (count: number) => counted(count, 'person', 'people', viewer.locale);
  const steps = (run.plan?.steps ?? run.counts.planned) - heldOut;
  if (decision === 'reject')
    return <p>The run ends and nothing is done to anybody. The policy makes a new plan when it runs again.</p>;
  if (decision === 'abort')
    return (
      <p>
        The run ends before its next batch. What is done stays done and stands in the log; everybody else is let be.
      </p>
    );
  return (
    <>
      {decision === 'release' && run.approvalWanted ? (
        <p>What holds it is looked at; the plan for {people(steps)} then awaits its approval.</p>
      ) : (
        <p>
          {people(steps)} will be suspended: they lose every product on every site of the directory until somebody
          restores them. Each is read once more right before; whoever was active meanwhile, or is exempt, is let be.
        </p>
      )}
      {heldOut > 0 && <p>{people(heldOut)} held out of the plan will be let be.</p>}
    </>
  );
}
