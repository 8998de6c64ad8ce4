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
import { useTexts } from '../texts/use-texts';

/** The organization's cap and the switch that stops everything. */
export function SafetySection({ settings, onChange }: { settings: Settings; onChange: () => void }) {
  const { say, show } = useTexts();
  const [asking, setAsking] = useState<'stop' | 'cap' | 'keeping'>();
  const close = () => setAsking(undefined);
  const done = () => {
    close();
    onChange();
  };
  return (
    <Section
      title={say('overview.safety')}
      actions={
        <>
          <OrderButton onClick={() => setAsking('cap')}>{say('overview.changeCap')}</OrderButton>
          <OrderButton onClick={() => setAsking('keeping')}>{say('overview.changeLog')}</OrderButton>
          <OrderButton
            appearance={settings.stopped ? 'primary' : 'danger'}
            {...(!settings.stopped && { by: 'operator' })}
            onClick={() => setAsking('stop')}
          >
            {say(settings.stopped ? 'overview.goOn' : 'overview.stop')}
          </OrderButton>
        </>
      }
    >
      {settings.stopped && (
        <SectionMessage appearance="warning" title={say('overview.stopped')}>
          <p>{say('overview.stoppedText')}</p>
        </SectionMessage>
      )}
      <Facts
        facts={[
          [say('overview.cap'), say('overview.capText', { percent: settings.percentPerDay })],
          [
            say('overview.capChanged'),
            settings.limitsEdited ? (
              <span>
                {show('shown.doneBy', {
                  when: <Moment at={settings.limitsEdited.at} />,
                  who: <Account id={settings.limitsEdited.by} />,
                })}
              </span>
            ) : (
              say('overview.never')
            ),
          ],
          [say('overview.kept'), keptText(settings.retentionDays, say)],
          [say('overview.headWrittenOn'), settings.anchorIssue ?? say('overview.noIssue')],
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
  const { say } = useTexts();
  const order = useOrder();
  const turn = async () => {
    if (!(await order.give<'setStopped'>({ command: 'setStopped', stopped: !stopped }))) return;
    backend.announce(say(stopped ? 'overview.goesOn' : 'overview.stopped'));
    onDone();
  };
  return (
    <Dialog
      title={say(stopped ? 'overview.goOnQuestion' : 'overview.stopQuestion')}
      order={say(stopped ? 'overview.goOn' : 'overview.stop')}
      appearance={stopped ? 'primary' : 'danger'}
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('shown.nothingChanged')}
      onOrder={() => void turn()}
      onClose={onClose}
    >
      <p>{say(stopped ? 'overview.goOnMeaning' : 'overview.stopMeaning')}</p>
    </Dialog>
  );
}
