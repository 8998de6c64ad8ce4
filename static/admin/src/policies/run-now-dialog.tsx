import type { PolicySummary, Run } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { Dialog } from '../shown/dialog';
import { PlainWords } from '../shown/plain-words';
import { useTexts } from '../texts/use-texts';

interface RunNowDialogProps {
  policy: PolicySummary;
  onStarted: (run: Run) => void;
  onClose: () => void;
}

/** Asks before a policy runs for real. */
export function RunNowDialog({ policy, onStarted, onClose }: RunNowDialogProps) {
  const { say } = useTexts();
  const order = useOrder();
  const start = async () => {
    const run = await order.give<'startRun'>({ command: 'startRun', policy: policy.reference.id, dry: false });
    if (run) onStarted(run);
  };
  return (
    <Dialog
      title={say('policies.runNowQuestion', { policy: policy.reference.name })}
      order={say('policies.runNow')}
      appearance="warning"
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('policies.runNotStarted')}
      onOrder={() => void start()}
      onClose={onClose}
    >
      <p>
        <PlainWords text={policy.description} />
      </p>
      <p>{say('policies.runNowMeaning')}</p>
    </Dialog>
  );
}
