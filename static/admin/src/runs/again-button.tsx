import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import { OrderButton } from '../shown/order-button';
import { useTexts } from '../texts/use-texts';
import type { Again } from './again';
import { AgainDialog } from './again-dialog';

/** Leads from a run that left something undone to the one that does it. */
export function AgainButton({ again }: { again: Again }) {
  const { say } = useTexts();
  const [asking, setAsking] = useState(false);
  const preview = again.way === 'undo' && again.preview;
  return (
    <>
      <OrderButton
        by="operator"
        appearance={preview ? 'primary' : 'default'}
        disabledBecause={again.way === 'choose' ? say('runs.chooseThemAnew') : undefined}
        onClick={() => setAsking(true)}
      >
        {preview ? say('runs.takeBackNow') : say('runs.retryFailed', { failed: again.failed.length })}
      </OrderButton>
      <ModalTransition>
        {asking && again.way !== 'choose' && <AgainDialog again={again} onClose={() => setAsking(false)} />}
      </ModalTransition>
    </>
  );
}
