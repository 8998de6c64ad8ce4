import type { FieldDefinition, PolicySummary } from '../../../gen/types';
import { useOrder } from '../../asking/use-order';
import { useDesk } from '../../page/desk';
import { useTexts } from '../../texts/use-texts';
import { DropDialog } from '../drop-dialog';

interface DropFieldDialogProps {
  fields: FieldDefinition[];
  field: FieldDefinition;
  /** The policies that ask for it. */
  using: PolicySummary[] | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** Gives a field up, with what people have in it: a field that gets its name later begins without values. */
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
    <DropDialog
      title={say('fields.dropQuestion', { name })}
      send={say('fields.drop')}
      meaning={say('fields.dropMeaning')}
      using={using}
      usedMeaning={(count) => say('fields.dropUsed', { count })}
      order={order}
      onDrop={() => void drop()}
      onClose={onClose}
    />
  );
}
