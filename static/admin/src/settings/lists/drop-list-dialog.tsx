import type { List, PolicySummary } from '../../../gen/types';
import { useOrder } from '../../asking/use-order';
import { useDesk } from '../../page/desk';
import type { AnswerTo } from '../../protocol';
import { useTexts } from '../../texts/use-texts';
import { DropDialog } from '../drop-dialog';

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
    <DropDialog
      title={say('lists.dropQuestion', { name })}
      send={say('lists.drop')}
      meaning={say('lists.dropMeaning', { count: members })}
      using={using}
      usedMeaning={(count) => say('lists.dropUsed', { count })}
      order={order}
      onDrop={() => void drop()}
      onClose={onClose}
    />
  );
}
