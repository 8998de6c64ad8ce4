import Button from '@atlaskit/button/new';
import Form from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { ExemptionSubject } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import type { AnswerTo } from '../protocol';
import { DialogBody, ReasonField } from '../shown/dialog';
import { KINDS } from './exemption-table';
import { SubjectField, subjectOf, type SubjectValues } from './subject-field';
import { TermsFields, termsOf, type TermsValues } from './terms-fields';
import { useTexts } from '../texts/use-texts';
import './exemptions.css';

interface AddDialogProps {
  onAdded: (list: AnswerTo<'addExemption'>) => void;
  onClose: () => void;
}

type Kind = ExemptionSubject['kind'];

interface Values extends SubjectValues, TermsValues {
  reason: string;
}

/** Exempts a person, a group, a domain or a pattern. */
export function AddDialog({ onAdded, onClose }: AddDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const [kind, setKind] = useState<Kind>('user');
  const order = useOrder();

  const add = async (values: Values) => {
    const subject = subjectOf(kind, values);
    if (!subject) return;
    const list = await order.give<'addExemption'>({
      command: 'addExemption',
      subject,
      reason: values.reason.trim(),
      ...termsOf(values),
    });
    if (!list) return;
    backend.announce(say('exemptions.wasAdded'));
    onAdded(list);
  };

  return (
    <ModalDialog onClose={onClose} width="small">
      <Form<Values> onSubmit={add}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>{say('exemptions.addTitle')}</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <KindChoice kind={kind} onChoose={setKind} />
                <SubjectField key={kind} kind={kind} />
                <ReasonField label={say('shown.reason')} />
                <TermsFields />
                {order.failure && <FailureMessage failure={order.failure} title={say('exemptions.notAdded')} />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              <Button appearance="subtle" onClick={onClose}>
                {say('shown.cancel')}
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                {say('exemptions.add')}
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}

function KindChoice({ kind, onChoose }: { kind: Kind; onChoose: (kind: Kind) => void }) {
  const { say } = useTexts();
  return (
    <fieldset className="exempt-kind" aria-label={say('exemptions.whomToExempt')}>
      {KINDS.map((each) => (
        <label key={each}>
          <input type="radio" name="kind" checked={each === kind} onChange={() => onChoose(each)} />
          {say(`exemptions.choice.${each}`)}
        </label>
      ))}
    </fieldset>
  );
}
