import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Requests } from '../../gen/types';
import { Facts } from '../shown/facts';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useTexts } from '../texts/use-texts';
import { RequestsDialog } from './requests-dialog';
import { requestsFacts } from './requests-text';

/** Which issues ask for accesses back that a policy took. */
export function RequestsSection({ requests, onChange }: { requests: Requests | undefined; onChange: () => void }) {
  const { say } = useTexts();
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const done = () => {
    close();
    onChange();
  };
  return (
    <Section
      title={say('requests.title')}
      actions={<OrderButton onClick={() => setAsking(true)}>{say('requests.change')}</OrderButton>}
    >
      <p>{say('requests.meaning')}</p>
      <Facts facts={requests ? requestsFacts(requests, say) : [[say('requests.project'), say('requests.none')]]} />
      <ModalTransition>
        {asking && <RequestsDialog requests={requests} onDone={done} onClose={close} />}
      </ModalTransition>
    </Section>
  );
}
