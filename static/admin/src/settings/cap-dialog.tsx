import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { FormDialog } from '../shown/form-dialog';
import { NumberQuestion } from '../shown/number-question';
import { useTexts } from '../texts/use-texts';

interface CapDialogProps {
  percent: number;
  onDone: () => void;
  onClose: () => void;
}

/** The organization's cap over all policies in any 24 hours. The core says which figures it takes. */
export function CapDialog({ percent, onDone, onClose }: CapDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const change = async (percentPerDay: number) => {
    const settings = await order.give<'setLimits'>({ command: 'setLimits', percentPerDay });
    if (!settings) return;
    backend.announce(say('settings.capIs', { percent: settings.percentPerDay }));
    onDone();
  };
  return (
    <FormDialog<{ percentPerDay: string }>
      title={say('settings.capTitle')}
      send={say('settings.changeCap')}
      order={order}
      failureTitle={say('settings.capNotChanged')}
      onSend={({ percentPerDay }) => void change(Number(percentPerDay))}
      onClose={onClose}
    >
      <NumberQuestion
        name="percentPerDay"
        label={say('settings.capQuestion')}
        help={say('settings.capHelp')}
        isRequired
        min={0}
        max={100}
        defaultValue={percent}
      />
    </FormDialog>
  );
}
