import type { ImportState } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';

interface DropDialogProps {
  state: ImportState;
  onDropped: () => void;
  onClose: () => void;
}

/** Asks before an export is forgotten. */
export function DropDialog({ state, onDropped, onClose }: DropDialogProps) {
  const { backend } = useDesk();
  const order = useOrder();
  const drop = async () => {
    if (!(await order.give<'dropImport'>({ command: 'dropImport' }))) return;
    backend.announce('The export was forgotten', state.name);
    onDropped();
  };
  return (
    <Dialog
      title="Forget this export?"
      order="Forget"
      appearance="danger"
      busy={order.busy}
      failure={order.failure}
      failureTitle="The export was not forgotten"
      onOrder={() => void drop()}
      onClose={onClose}
    >
      <p>
        From the next reading on, what only {state.name} says is not known, and policies decide nothing on it. Uploading
        the file again takes this back.
      </p>
    </Dialog>
  );
}
