import { ModalTransition } from '@atlaskit/modal-dialog';
import type { Reading } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import { AcceptDialog } from './accept-dialog';
import { ReadingFacts } from './reading-facts';
import { ReadingProgressBar } from './reading-progress';
import { Suspicions } from './suspicions';
import { useTexts } from '../texts/use-texts';

interface ReadingSectionProps {
  reading: Reading;
  onChange: () => void;
}

/** The newest reading, whether it may be acted on, and the reading under way. */
export function ReadingSection({ reading: { snapshot, progress }, onChange }: ReadingSectionProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const dialog = useDialog(onChange);
  const read = async () => {
    if (!(await order.give<'startSync'>({ command: 'startSync' }))) return;
    backend.announce(say('known.beingRead'));
    onChange();
  };
  return (
    <Section
      title={say('known.newest')}
      actions={
        <OrderButton
          onClick={() => void read()}
          isLoading={order.busy}
          disabledBecause={progress ? say('known.underWay') : undefined}
        >
          {say('known.readNow')}
        </OrderButton>
      }
    >
      {order.failure && <FailureMessage failure={order.failure} title={say('known.notStarted')} />}
      {progress && <ReadingProgressBar progress={progress} />}
      {snapshot && <Suspicions snapshot={snapshot} onAccept={() => dialog.open(true)} />}
      {snapshot ? <ReadingFacts snapshot={snapshot} /> : <p>{say('known.notReadYet')}</p>}
      <ModalTransition>
        {dialog.about && snapshot && (
          <AcceptDialog snapshot={snapshot} onAccepted={dialog.done} onClose={dialog.close} />
        )}
      </ModalTransition>
    </Section>
  );
}
