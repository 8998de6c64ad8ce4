import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Run } from '../../gen/types';
import { OrderButton } from '../shown/order-button';
import { useTexts } from '../texts/use-texts';
import { SendReportDialog } from './send-report-dialog';

/** Sends the report of a run that is not at work to people of the viewer's choice. */
export function SendReportButton({ run, bundle }: { run: Run; bundle: string | undefined }) {
  const { say } = useTexts();
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <OrderButton by="operator" onClick={() => setAsking(true)}>
        {say('reports.send')}
      </OrderButton>
      <ModalTransition>{asking && <SendReportDialog run={run} bundle={bundle} onClose={close} />}</ModalTransition>
    </>
  );
}
