import Button from '@atlaskit/button/new';
import Form, { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import type { Protect } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Checkbox } from '../shown/checkbox';
import { DialogBody } from '../shown/dialog';
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
  const change = async ({ days = '' }: { days?: string }) => {
    const tokensUsedWithinDays = days.trim() ? Number(days) : null;
    const wanted: Protect = { ...duties, tokensUsedWithinDays };
    if (!(await order.give<'setProtections'>({ command: 'setProtections', protect: wanted }))) return;
    backend.announce(say('settings.protectionsChanged'));
    onDone();
  };
  return (
    <ModalDialog onClose={onClose} width="small">
      <Form<{ days?: string }> onSubmit={change}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>{say('settings.changeProtections')}</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <Field
                  name="days"
                  label={say('settings.tokensQuestion')}
                  defaultValue={String(protect.tokensUsedWithinDays ?? '')}
                  validate={wholeNumber}
                >
                  {({ fieldProps, error }) => (
                    <>
                      <Textfield {...fieldProps} type="number" min={1} width="small" />
                      <HelperMessage>{say('settings.tokensHelp')}</HelperMessage>
                      {error && <ErrorMessage>{say('shown.wholeNumber')}</ErrorMessage>}
                    </>
                  )}
                </Field>
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
                {order.failure && <FailureMessage failure={order.failure} title={say('shown.nothingChanged')} />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              <Button appearance="subtle" onClick={onClose}>
                {say('shown.cancel')}
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                {say('settings.save')}
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}

const wholeNumber = (value: string | undefined) => (/^\d*$/.test(value ?? '') ? undefined : 'WRONG');
