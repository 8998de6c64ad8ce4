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
import { SubjectField, subjectOf, type SubjectValues } from './subject-field';
import { TermsFields, termsOf, type TermsValues } from './terms-fields';
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
    backend.announce('The exemption was added');
    onAdded(list);
  };

  return (
    <ModalDialog onClose={onClose} width="small">
      <Form<Values> onSubmit={add}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>Add an exemption</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <KindChoice kind={kind} onChoose={setKind} />
                <SubjectField key={kind} kind={kind} />
                <ReasonField label="Reason" />
                <TermsFields />
                {order.failure && <FailureMessage failure={order.failure} title="The exemption was not added" />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              <Button appearance="subtle" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                Add exemption
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}

const KINDS: Record<Kind, string> = {
  user: 'A person',
  group: 'A group',
  groupName: 'Groups by name',
  domain: 'A mail domain',
  email: 'Mail addresses',
};

function KindChoice({ kind, onChoose }: { kind: Kind; onChoose: (kind: Kind) => void }) {
  return (
    <fieldset className="exempt-kind" aria-label="Whom to exempt">
      {(Object.keys(KINDS) as Kind[]).map((each) => (
        <label key={each}>
          <input type="radio" name="kind" checked={each === kind} onChange={() => onChoose(each)} />
          {KINDS[each]}
        </label>
      ))}
    </fieldset>
  );
}
