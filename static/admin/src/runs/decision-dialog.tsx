import type { Run } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import { counted } from '../shown/sentence';

interface DecisionDialogProps {
  run: Run;
  decision: 'release' | 'reject';
  onDecided: (run: Run) => void;
  onClose: () => void;
}

/** Releases or rejects a held run, with a reason. */
export function DecisionDialog({ run, decision, onDecided, onClose }: DecisionDialogProps) {
  const { backend, viewer } = useDesk();
  const order = useOrder();
  const release = decision === 'release';
  const people = counted(run.plan?.steps ?? run.counts.planned, 'person', 'people', viewer.locale);

  const decide = async (reason: string) => {
    const changed = release
      ? await order.give<'releaseRun'>({ command: 'releaseRun', run: run.id, reason })
      : await order.give<'rejectRun'>({ command: 'rejectRun', run: run.id, reason });
    if (!changed) return;
    backend.announce(release ? 'The run was released' : 'The run was rejected', run.policy.name);
    onDecided(changed);
  };

  return (
    <Dialog
      title={release ? 'Release this run?' : 'Reject this run?'}
      order={release ? 'Release' : 'Reject'}
      appearance={release ? 'primary' : 'danger'}
      reasonLabel="Reason"
      busy={order.busy}
      failure={order.failure}
      failureTitle={release ? 'The run was not released' : 'The run was not rejected'}
      onOrder={(reason) => void decide(reason)}
      onClose={onClose}
    >
      {release ? (
        <p>
          {people} will be suspended: they lose every product on every site of the directory until somebody restores
          them. Each is read once more right before; whoever was active meanwhile, or is exempt, is let be.
        </p>
      ) : (
        <p>The run ends and nothing is done to anybody. The policy makes a new plan when it runs again.</p>
      )}
    </Dialog>
  );
}
