import { useState } from 'react';
import type { GiveBack } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { RadioField } from '../people/radio-field';
import { FormDialog } from '../shown/form-dialog';
import { useTexts } from '../texts/use-texts';
import { logInText } from './log-in-text';

interface OnLogInDialogProps {
  onLogIn: GiveBack | null;
  /** Whether it can be switched on; off it can be switched anywhere. */
  isOffered: boolean;
  onDone: () => void;
  onClose: () => void;
}

/** How the access is given back to whoever tries to log in. */
export function OnLogInDialog({ onLogIn, isOffered, onDone, onClose }: OnLogInDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const [giveBack, setGiveBack] = useState(onLogIn);
  const ways: readonly (GiveBack | null)[] = isOffered ? [null, 'restore', 'ask'] : [null];
  const save = async () => {
    if (!(await order.give<'setOnLogIn'>({ command: 'setOnLogIn', giveBack }))) return;
    backend.announce(say(giveBack ? 'attempts.isOn' : 'attempts.isOff'));
    onDone();
  };
  return (
    <FormDialog
      title={say('attempts.title')}
      send={say('settings.save')}
      order={order}
      onSend={() => void save()}
      onClose={onClose}
    >
      <RadioField
        name="onLogIn"
        label={say('attempts.happens')}
        value={giveBack ?? 'none'}
        choices={ways.map((way) => [way ?? 'none', logInText(way, say)] as const)}
        onChange={(way) => setGiveBack(way === 'none' ? null : way)}
      />
      <p>{say('attempts.wayHelp')}</p>
    </FormDialog>
  );
}
