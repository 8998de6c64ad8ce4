import { ModalTransition } from '@atlaskit/modal-dialog';
import type { Run } from '../../gen/types';
import { OrderButton } from '../shown/order-button';
import { useDialog } from '../shown/use-dialog';
import { DecisionDialog } from './decision-dialog';
import { useTexts } from '../texts/use-texts';
import { runName } from './run-name';

/** Ends this run alone; everything else goes on. */
export function AbortButton({ run, onChange }: { run: Run; onChange: () => void }) {
  const { say } = useTexts();
  const dialog = useDialog(onChange);
  if (run.abort) return <span role="status">{say('runs.endsBefore', { reason: run.abort.reason })}</span>;
  return (
    <>
      <OrderButton
        by="operator"
        label={say('runs.abortOf', { policy: runName(run, say) })}
        onClick={() => dialog.open(true)}
      >
        {say('runs.abort')}
      </OrderButton>
      <ModalTransition>
        {dialog.about && <DecisionDialog run={run} decision="abort" onDecided={dialog.done} onClose={dialog.close} />}
      </ModalTransition>
    </>
  );
}
