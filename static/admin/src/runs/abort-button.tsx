import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Run } from '../../gen/types';
import { OrderButton } from '../shown/order-button';
import { DecisionDialog } from './decision-dialog';
import { useTexts } from '../texts/use-texts';
import { runName } from './run-name';

/** Ends this run alone; everything else goes on. */
export function AbortButton({ run, onChange }: { run: Run; onChange: () => void }) {
  const { say } = useTexts();
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const decided = () => {
    close();
    onChange();
  };
  if (run.abort) return <span role="status">{say('runs.endsBefore', { reason: run.abort.reason })}</span>;
  return (
    <>
      <OrderButton
        by="operator"
        label={say('runs.abortOf', { policy: runName(run, say) })}
        onClick={() => setAsking(true)}
      >
        {say('runs.abort')}
      </OrderButton>
      <ModalTransition>
        {asking && <DecisionDialog run={run} decision="abort" onDecided={decided} onClose={close} />}
      </ModalTransition>
    </>
  );
}
