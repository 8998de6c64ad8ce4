import { useMemo, useState } from 'react';
import type { OrganizationBlackOuts } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { DraftProvider } from '../policies/editor/draft';
import { ExceptInput } from '../policies/editor/except-field';
import { ZoneInput } from '../policies/editor/field/zone-field';
import type { Json } from '../policies/json';
import { FormDialog } from '../shown/form-dialog';
import { useTexts } from '../texts/use-texts';

interface BlackOutsDialogProps {
  blackOuts: OrganizationBlackOuts;
  onDone: () => void;
  onClose: () => void;
}

/** Puts black-outs of the organization in and takes them away. Which ones will do, the core says. */
export function BlackOutsDialog({ blackOuts, onDone, onClose }: BlackOutsDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const [zone, setZone] = useState(blackOuts.zone);
  const [except, setExcept] = useState<Json | undefined>(blackOuts.except);
  const errors = order.failure?.errors;
  const draft = useMemo(() => ({ errors: errors ?? [], readOnly: false, names: {} }), [errors]);
  const change = async () => {
    const document = JSON.stringify({ zone, except });
    if (!(await order.give<'setBlackOuts'>({ command: 'setBlackOuts', document }))) return;
    backend.announce(say('settings.blackOutsChanged'));
    onDone();
  };
  return (
    <DraftProvider value={draft}>
      <FormDialog
        title={say('settings.changeBlackOuts')}
        send={say('settings.save')}
        width="medium"
        order={order}
        onSend={() => void change()}
        onClose={onClose}
      >
        <div className="form-row">
          <ZoneInput label={say('settings.blackOutZone')} path="$.zone" value={zone} onChange={setZone} />
        </div>
        <ExceptInput path="$.except" value={except} onChange={setExcept} />
        <p>{say('settings.blackOutsMeaning')}</p>
      </FormDialog>
    </DraftProvider>
  );
}
