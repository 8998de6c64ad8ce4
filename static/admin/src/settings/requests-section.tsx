import { ModalTransition } from '@atlaskit/modal-dialog';
import type { Requests } from '../../gen/types';
import { Facts } from '../shown/facts';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import { useTexts } from '../texts/use-texts';
import { RequestsDialog } from './requests-dialog';
import { requestsFacts } from './requests-text';

/** Which issues ask for accesses back that a policy took. */
export function RequestsSection({ requests, onChange }: { requests: Requests | undefined; onChange: () => void }) {
  const { say } = useTexts();
  const dialog = useDialog(onChange);
  return (
    <Section
      title={say('requests.title')}
      actions={<OrderButton onClick={() => dialog.open(true)}>{say('requests.change')}</OrderButton>}
    >
      <p>{say('requests.meaning')}</p>
      <Facts facts={requests ? requestsFacts(requests, say) : [[say('requests.project'), say('requests.none')]]} />
      <ModalTransition>
        {dialog.about && <RequestsDialog requests={requests} onDone={dialog.done} onClose={dialog.close} />}
      </ModalTransition>
    </Section>
  );
}
