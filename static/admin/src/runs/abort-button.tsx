import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Run } from '../../gen/types';
import { OrderButton } from '../shown/order-button';
import { DecisionDialog } from './decision-dialog';

/** Ends this run alone; everything else goes on. */
export function AbortButton({ run, onChange }: { run: Run; onChange: () => void }) {
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const decided = () => {
    close();
    onChange();
  };
  if (run.abort) return <span role="status">Ends before its next batch: {run.abort.reason}</span>;
  return (
    <>
      <OrderButton by="operator" label={`Abort the run of ${run.policy.name}`} onClick={() => setAsking(true)}>
        Abort
      </OrderButton>
      <ModalTransition>
        {asking && <DecisionDialog run={run} decision="abort" onDecided={decided} onClose={close} />}
      </ModalTransition>
    </>
  );
}
