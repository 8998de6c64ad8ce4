import SectionMessage from '@atlaskit/section-message';
import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Settings } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Account } from '../shown/account';
import { Dialog } from '../shown/dialog';
import { Facts } from '../shown/facts';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { CapDialog } from './cap-dialog';
import { keptText } from './kept-text';
import { KeepingDialog } from './keeping-dialog';

/** The organization's cap and the switch that stops everything. */
export function SafetySection({ settings, onChange }: { settings: Settings; onChange: () => void }) {
  const [asking, setAsking] = useState<'stop' | 'cap' | 'keeping'>();
  const close = () => setAsking(undefined);
  const done = () => {
    close();
    onChange();
  };
  return (
    <Section
      title="Safety"
      actions={
        <>
          <OrderButton onClick={() => setAsking('cap')}>Change cap</OrderButton>
          <OrderButton onClick={() => setAsking('keeping')}>Change log</OrderButton>
          <OrderButton
            appearance={settings.stopped ? 'primary' : 'danger'}
            {...(!settings.stopped && { by: 'operator' })}
            onClick={() => setAsking('stop')}
          >
            {settings.stopped ? 'Let it go on' : 'Stop everything'}
          </OrderButton>
        </>
      }
    >
      {settings.stopped && (
        <SectionMessage appearance="warning" title="Everything is stopped">
          <p>No run takes its next step until somebody lets it go on.</p>
        </SectionMessage>
      )}
      <Facts
        facts={[
          ['Cap in any 24 hours', `${settings.percentPerDay} % of the people an action can reach, over all policies`],
          [
            'Cap last changed',
            settings.limitsEdited ? (
              <span>
                <Moment at={settings.limitsEdited.at} /> by <Account id={settings.limitsEdited.by} />
              </span>
            ) : (
              'never'
            ),
          ],
          ['Log and runs are kept', keptText(settings.retentionDays)],
          ['Log’s head is written on', settings.anchorIssue ?? 'no issue'],
        ]}
      />
      <ModalTransition>
        {asking === 'stop' && <StopDialog stopped={settings.stopped} onDone={done} onClose={close} />}
      </ModalTransition>
      <ModalTransition>
        {asking === 'keeping' && <KeepingDialog settings={settings} onDone={done} onClose={close} />}
      </ModalTransition>
      <ModalTransition>
        {asking === 'cap' && <CapDialog percent={settings.percentPerDay} onDone={done} onClose={close} />}
      </ModalTransition>
    </Section>
  );
}

function StopDialog({ stopped, onDone, onClose }: { stopped: boolean; onDone: () => void; onClose: () => void }) {
  const { backend } = useDesk();
  const order = useOrder();
  const turn = async () => {
    if (!(await order.give<'setStopped'>({ command: 'setStopped', stopped: !stopped }))) return;
    backend.announce(stopped ? 'Seatkeeper goes on' : 'Everything is stopped');
    onDone();
  };
  return (
    <Dialog
      title={stopped ? 'Let it go on?' : 'Stop everything?'}
      order={stopped ? 'Let it go on' : 'Stop everything'}
      appearance={stopped ? 'primary' : 'danger'}
      busy={order.busy}
      failure={order.failure}
      failureTitle="Nothing was changed"
      onOrder={() => void turn()}
      onClose={onClose}
    >
      {stopped ? (
        <p>Runs take their next step again, and policies that became due meanwhile are run.</p>
      ) : (
        <p>
          Every run stops before its next step, and no policy starts one. What is done stays done and stands in the log.
          The same button lets it go on.
        </p>
      )}
    </Dialog>
  );
}
