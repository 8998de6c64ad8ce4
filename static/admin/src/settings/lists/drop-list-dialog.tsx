import type { List, PolicySummary } from '../../../gen/types';
import { useOrder } from '../../asking/use-order';
import { useDesk } from '../../page/desk';
import type { AnswerTo } from '../../protocol';
import { Dialog } from '../../shown/dialog';
import { useTexts } from '../../texts/use-texts';
import { UsedBy } from '../used-by';

interface DropListDialogProps {
  list: List;
  /** The policies that rest on it. */
  using: PolicySummary[] | undefined;
  onLists: (lists: AnswerTo<'lists'>) => void;
  onClose: () => void;
}

/** Deletes a list. */
export function DropListDialog({ list: { name, members }, using, onLists, onClose }: DropListDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const drop = async () => {
    const lists = await order.give<'dropList'>({ command: 'dropList', name });
    if (!lists) return;
    backend.announce(say('lists.wasDropped', { name }));
    onLists(lists);
  };
  return (
    <Dialog
      title={say('lists.dropQuestion', { name })}
      order={say('lists.drop')}
      appearance="danger"
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('shown.nothingChanged')}
      onOrder={() => void drop()}
      onClose={onClose}
    >
      <p>{say('lists.dropMeaning', { count: members })}</p>
      {using && using.length > 0 && (
        <>
          <p>{say('lists.dropUsed', { count: using.length })}</p>
          <UsedBy policies={using} />
        </>
      )}
    </Dialog>
  );
}
