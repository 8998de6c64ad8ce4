import type { PolicySummary, Run } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { Dialog } from '../shown/dialog';

interface RunNowDialogProps {
  policy: PolicySummary;
  onStarted: (run: Run) => void;
  onClose: () => void;
}

/** Asks before a policy runs for real. */
export function RunNowDialog({ policy, onStarted, onClose }: RunNowDialogProps) {
  const order = useOrder();
  const start = async () => {
    const run = await order.give<'startRun'>({ command: 'startRun', policy: policy.reference.id, dry: false });
    if (run) onStarted(run);
  };
  return (
    <Dialog
      title={`Run “${policy.reference.name}” now?`}
      order="Run now"
      appearance="warning"
      busy={order.busy}
      failure={order.failure}
      failureTitle="The run was not started"
      onOrder={() => void start()}
      onClose={onClose}
    >
      <p>{policy.description}</p>
      <p>
        The organization is read, a plan is frozen, and unless a guard holds it or it must be approved the plan is
        carried out at once. The page of the run takes back what can be undone. A dry run shows the same plan and does
        nothing.
      </p>
    </Dialog>
  );
}
