import { Field } from '@atlaskit/form';
import Select from '@atlaskit/select';
import type { Directory } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { ReasonField } from '../shown/dialog';
import { FormDialog } from '../shown/form-dialog';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';

interface DirectoryOption {
  label: string;
  value: string;
}

interface Values {
  account: string;
  from: DirectoryOption | null;
  resource: string;
  reason: string;
}

interface BeginMoveDialogProps {
  directories: Directory[];
  onDone: () => void;
  onClose: () => void;
}

/** Asks for one person to be moved to another directory. */
export function BeginMoveDialog({ directories, onDone, onClose }: BeginMoveDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const options = directories.map(({ id, name }) => ({ label: name, value: id }));
  const begin = async ({ account, from, resource, reason }: Values) => {
    if (!from) return;
    const asked = await order.give<'beginMove'>({
      command: 'beginMove',
      account: account.trim(),
      from: from.value,
      resource: resource.trim(),
      role: null,
      groups: null,
      reason: reason.trim(),
    });
    if (!asked) return;
    backend.announce(say('settings.moveAsked'));
    onDone();
  };
  return (
    <FormDialog<Values>
      title={say('settings.beginMove')}
      send={say('settings.askForMove')}
      order={order}
      failureTitle={say('settings.moveNotAsked')}
      onSend={(values) => void begin(values)}
      onClose={onClose}
    >
      <p>{say('settings.beginMoveMeaning')}</p>
      <TextQuestion
        name="account"
        label={say('settings.moveAccount')}
        help={say('settings.moveAccountHelp')}
        missing={say('shown.fillIn')}
      />
      <Field<DirectoryOption | null>
        name="from"
        label={say('settings.moveFrom')}
        isRequired
        defaultValue={options[0] ?? null}
        validate={(value) => (value ? undefined : 'EMPTY')}
      >
        {({ fieldProps: { id, ...field } }) => (
          <Select<DirectoryOption> {...field} inputId={id} options={options} menuPosition="fixed" />
        )}
      </Field>
      <TextQuestion
        name="resource"
        label={say('settings.moveResource')}
        help={say('settings.moveResourceHelp')}
        missing={say('shown.fillIn')}
      />
      <ReasonField label={say('shown.reason')} />
    </FormDialog>
  );
}
