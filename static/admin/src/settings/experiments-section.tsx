import Lozenge from '@atlaskit/lozenge';
import { ModalTransition } from '@atlaskit/modal-dialog';
import type { Directory, Experiments } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import { useTexts } from '../texts/use-texts';
import { MovesList } from './moves-list';
import './experiments-section.css';

interface ExperimentsSectionProps {
  experiments: Experiments;
  directories: Directory[];
  onChange: () => void;
}

/** What is tried out: all off at first, and said to be an experiment wherever it shows. */
export function ExperimentsSection({ experiments: { moving }, directories, onChange }: ExperimentsSectionProps) {
  const { say } = useTexts();
  const dialog = useDialog(onChange);
  return (
    <Section
      title={say('settings.experiments')}
      actions={
        <OrderButton
          label={say(moving ? 'settings.switchMovingOff' : 'settings.switchMovingOn')}
          onClick={() => dialog.open(true)}
        >
          {say(moving ? 'settings.switchOff' : 'settings.switchOn')}
        </OrderButton>
      }
    >
      <p className="experiment">
        <strong>{say('settings.moving')}</strong>
        <Lozenge appearance={moving ? 'moved' : 'default'}>{say(moving ? 'settings.on' : 'settings.off')}</Lozenge>
      </p>
      <p>{say('settings.movingText')}</p>
      {moving && <MovesList directories={directories} />}
      <ModalTransition>
        {dialog.about && <MovingDialog moving={moving} onDone={dialog.done} onClose={dialog.close} />}
      </ModalTransition>
    </Section>
  );
}

interface MovingDialogProps {
  moving: boolean;
  onDone: () => void;
  onClose: () => void;
}

function MovingDialog({ moving, onDone, onClose }: MovingDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const turn = async () => {
    const experiments: Experiments = { moving: !moving };
    if (!(await order.give<'setExperiments'>({ command: 'setExperiments', experiments }))) return;
    backend.announce(say(moving ? 'settings.movingIsOff' : 'settings.movingIsOn'));
    onDone();
  };
  return (
    <Dialog
      title={say(moving ? 'settings.movingOffQuestion' : 'settings.movingOnQuestion')}
      order={say(moving ? 'settings.switchOff' : 'settings.switchOn')}
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('shown.nothingChanged')}
      onOrder={() => void turn()}
      onClose={onClose}
    >
      <p>{say(moving ? 'settings.movingOffMeaning' : 'settings.movingOnMeaning')}</p>
    </Dialog>
  );
}
