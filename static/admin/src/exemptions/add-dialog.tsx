import Button from '@atlaskit/button/new';
import Form, { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import type { ExemptionSubject } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import type { AnswerTo } from '../protocol';
import { DialogBody, ReasonField } from '../shown/dialog';
import { GroupField, type GroupOption } from './group-field';
import './exemptions.css';

interface AddDialogProps {
  onAdded: (list: AnswerTo<'addExemption'>) => void;
  onClose: () => void;
}

type Kind = ExemptionSubject['kind'];

interface Values {
  account?: string;
  group?: GroupOption | null;
  reason: string;
}

/** Exempts a person by account id, or a group by name. */
export function AddDialog({ onAdded, onClose }: AddDialogProps) {
  const { backend } = useDesk();
  const [kind, setKind] = useState<Kind>('user');
  const order = useOrder();

  const add = async (values: Values) => {
    const subject = subjectOf(kind, values);
    if (!subject) return;
    const list = await order.give<'addExemption'>({ command: 'addExemption', subject, reason: values.reason.trim() });
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
                {kind === 'user' ? <AccountField /> : <GroupField />}
                <ReasonField label="Reason" />
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

function subjectOf(kind: Kind, values: Values): ExemptionSubject | undefined {
  if (kind === 'user') return values.account ? { kind, account: values.account.trim() } : undefined;
  return values.group ? { kind, group: values.group.value } : undefined;
}

const KINDS: Record<Kind, string> = { user: 'A person', group: 'A group' };

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

function AccountField() {
  return (
    <Field
      name="account"
      label="Account id"
      isRequired
      defaultValue=""
      validate={(value) => (value?.trim() ? undefined : 'EMPTY')}
    >
      {({ fieldProps, error }) => (
        <>
          <Textfield {...fieldProps} autoComplete="off" spellCheck={false} />
          <HelperMessage>
            It stands below a person’s name in every run, and in the address of their profile.
          </HelperMessage>
          {error && <ErrorMessage>Enter an account id.</ErrorMessage>}
        </>
      )}
    </Field>
  );
}
