import { useState } from 'react';
import type { Protect } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Checkbox } from '../shown/checkbox';
import { FormDialog } from '../shown/form-dialog';
import { NumberQuestion } from '../shown/number-question';
import { useTexts } from '../texts/use-texts';

interface ProtectionsDialogProps {
  protect: Protect;
  onDone: () => void;
  onClose: () => void;
}

const DUTIES = ['projectLeads', 'defaultAssignees', 'filterOwners'] as const satisfies (keyof Protect)[];

/** Switches protections on and off. The core says which numbers of days it takes. */
export function ProtectionsDialog({ protect, onDone, onClose }: ProtectionsDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const [duties, setDuties] = useState(protect);
  const change = async (days: string) => {
    const tokensUsedWithinDays = days.trim() ? Number(days) : null;
    const wanted: Protect = { ...duties, tokensUsedWithinDays };
    if (!(await order.give<'setProtections'>({ command: 'setProtections', protect: wanted }))) return;
    backend.announce(say('settings.protectionsChanged'));
    onDone();
  };
  return (
    <FormDialog<{ days?: string }>
      title={say('settings.changeProtections')}
      send={say('settings.save')}
      order={order}
      onSend={({ days = '' }) => void change(days)}
      onClose={onClose}
    >
      <NumberQuestion
        name="days"
        label={say('settings.tokensQuestion')}
        help={say('settings.tokensHelp')}
        min={1}
        defaultValue={protect.tokensUsedWithinDays}
      />
      {DUTIES.map((duty) => (
        <Checkbox
          key={duty}
          label={say(`settings.${duty}`)}
          help={say(`settings.${duty}.help`)}
          checked={duties[duty]}
          onChange={(on) => setDuties((before) => ({ ...before, [duty]: on }))}
        />
      ))}
      <p>{say('settings.protectionsMeaning')}</p>
    </FormDialog>
  );
}
