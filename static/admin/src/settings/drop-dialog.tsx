import type { PolicySummary } from '../../gen/types';
import type { Order } from '../asking/use-order';
import { Dialog } from '../shown/dialog';
import { useTexts } from '../texts/use-texts';
import { UsedBy } from './used-by';

interface DropDialogProps {
  title: string;
  /** The text of the button that does it. */
  send: string;
  /** What is lost, and how it can be had again. */
  meaning: string;
  /** The policies that rest on it; `undefined` until they are loaded. */
  using: readonly PolicySummary[] | undefined;
  /** What it means for so many policies. */
  usedMeaning: (count: number) => string;
  order: Pick<Order, 'busy' | 'failure'>;
  onDrop: () => void;
  onClose: () => void;
}

/** Asks before something goes that policies may rest on, and names them. */
export function DropDialog({ title, send, meaning, using, usedMeaning, order, onDrop, onClose }: DropDialogProps) {
  const { say } = useTexts();
  return (
    <Dialog
      title={title}
      order={send}
      appearance="danger"
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('shown.nothingChanged')}
      onOrder={onDrop}
      onClose={onClose}
    >
      <p>{meaning}</p>
      {using && using.length > 0 && (
        <>
          <p>{usedMeaning(using.length)}</p>
          <UsedBy policies={using} />
        </>
      )}
    </Dialog>
  );
}
