import type { FieldDefinition, PolicySummary } from '../../../gen/types';
import { useOrder } from '../../asking/use-order';
import { useDesk } from '../../page/desk';
import { Dialog } from '../../shown/dialog';
import { useTexts } from '../../texts/use-texts';
import { UsedBy } from '../used-by';

interface DropFieldDialogProps {
  fields: FieldDefinition[];
  field: FieldDefinition;
  /** The policies that ask for it. */
  using: PolicySummary[] | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** Gives a field up. What people have in it is kept and counts for nothing. */
export function DropFieldDialog({ fields, field, using, onDone, onClose }: DropFieldDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const { name } = field;
  const drop = async () => {
    const left = fields.filter((each) => each !== field);
    if (!(await order.give<'setFields'>({ command: 'setFields', fields: left }))) return;
    backend.announce(say('fields.wasDropped', { name }));
    onDone();
  };
  return (
    <Dialog
      title={say('fields.dropQuestion', { name })}
      order={say('fields.drop')}
      appearance="danger"
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('shown.nothingChanged')}
      onOrder={() => void drop()}
      onClose={onClose}
    >
      <p>{say('fields.dropMeaning')}</p>
      {using && using.length > 0 && (
        <>
          <p>{say('fields.dropUsed', { count: using.length })}</p>
          <UsedBy policies={using} />
        </>
      )}
    </Dialog>
  );
}
