import { useState } from 'react';
import type { ExemptionSubject } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import type { AnswerTo } from '../protocol';
import { ReasonField } from '../shown/dialog';
import { FormDialog } from '../shown/form-dialog';
import { KINDS } from './subject-id';
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
    <FormDialog<Values>
      title={say('exemptions.addTitle')}
      send={say('exemptions.add')}
      order={order}
      failureTitle={say('exemptions.notAdded')}
      onSend={(values) => void add(values)}
      onClose={onClose}
    >
      <KindChoice kind={kind} onChoose={setKind} />
      <SubjectField key={kind} kind={kind} />
      <ReasonField label={say('shown.reason')} />
      <TermsFields />
    </FormDialog>
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
