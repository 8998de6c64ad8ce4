import SectionMessage from '@atlaskit/section-message';
import { ModalTransition } from '@atlaskit/modal-dialog';
import type { Settings } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import { useTexts } from '../texts/use-texts';
import './stop-section.css';

interface StopSectionProps {
  settings: Settings;
  /** How many runs are at work or wait for somebody now. */
  activeRuns: number;
  onChange: () => void;
}

/** The switch that every worker honours before its next batch. */
export function StopSection({ settings: { stopped }, activeRuns, onChange }: StopSectionProps) {
  const { say } = useTexts();
  const dialog = useDialog(onChange);
  return (
    <Section title={say('settings.dangerZone')}>
      {stopped && (
        <SectionMessage appearance="warning" title={say('settings.stopped')}>
          <p>{say('settings.stoppedText')}</p>
        </SectionMessage>
      )}
      <div className="danger-zone">
        <div className="danger-meaning">
          <strong>{say(stopped ? 'settings.goOn' : 'settings.stop')}</strong>
          <span>{say(stopped ? 'settings.goOnMeaning' : 'settings.stopMeaning')}</span>
        </div>
        <OrderButton
          appearance={stopped ? 'primary' : 'danger'}
          {...(!stopped && { by: 'operator' })}
          onClick={() => dialog.open(true)}
        >
          {say(stopped ? 'settings.goOn' : 'settings.stop')}
        </OrderButton>
      </div>
      <ModalTransition>
        {dialog.about && (
          <StopDialog stopped={stopped} activeRuns={activeRuns} onDone={dialog.done} onClose={dialog.close} />
        )}
      </ModalTransition>
    </Section>
  );
}

interface StopDialogProps {
  stopped: boolean;
  activeRuns: number;
  onDone: () => void;
  onClose: () => void;
}

function StopDialog({ stopped, activeRuns, onDone, onClose }: StopDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const turn = async () => {
    if (!(await order.give<'setStopped'>({ command: 'setStopped', stopped: !stopped }))) return;
    backend.announce(say(stopped ? 'settings.goesOn' : 'settings.stopped'));
    onDone();
  };
  return (
    <Dialog
      title={say(stopped ? 'settings.goOnQuestion' : 'settings.stopQuestion')}
      order={say(stopped ? 'settings.goOn' : 'settings.stop')}
      appearance={stopped ? 'primary' : 'danger'}
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('shown.nothingChanged')}
      onOrder={() => void turn()}
      onClose={onClose}
    >
      <p>{say('settings.runsNow', { count: activeRuns })}</p>
      <p>{say(stopped ? 'settings.goOnMeaning' : 'settings.stopMeaning')}</p>
    </Dialog>
  );
}
