import type { ImportState } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import { useTexts } from '../texts/use-texts';

interface DropDialogProps {
  state: ImportState;
  onDropped: () => void;
  onClose: () => void;
}

/** Asks before an export is forgotten. */
export function DropDialog({ state, onDropped, onClose }: DropDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const drop = async () => {
    if (!(await order.give<'dropImport'>({ command: 'dropImport' }))) return;
    backend.announce(say('import.forgotten'), state.name);
    onDropped();
  };
  return (
    <Dialog
      title={say('import.forgetQuestion')}
      order={say('import.forgetOrder')}
      appearance="danger"
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('import.notForgotten')}
      onOrder={() => void drop()}
      onClose={onClose}
    >
      <p>{say('import.forgetMeaning', { file: state.name })}</p>
    </Dialog>
  );
}
