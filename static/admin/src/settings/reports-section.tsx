import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Settings } from '../../gen/types';
import { Facts } from '../shown/facts';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useTexts } from '../texts/use-texts';
import { ReportsDialog } from './reports-dialog';
import { USUAL_REPORTS, reportsFacts } from './reports-text';

/** Who among the administrators is told what is new, besides what the page shows. */
export function ReportsSection({ settings: { notices }, onChange }: { settings: Settings; onChange: () => void }) {
  const { say } = useTexts();
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const done = () => {
    close();
    onChange();
  };
  return (
    <Section
      title={say('reports.title')}
      actions={
        <OrderButton disabledBecause={notices ? undefined : say('reports.issueFirst')} onClick={() => setAsking(true)}>
          {say('reports.change')}
        </OrderButton>
      }
    >
      <p>{say('reports.meaning')}</p>
      <Facts facts={reportsFacts(notices?.reports ?? USUAL_REPORTS, say)} />
      <ModalTransition>
        {asking && notices && <ReportsDialog notices={notices} onDone={done} onClose={close} />}
      </ModalTransition>
    </Section>
  );
}
