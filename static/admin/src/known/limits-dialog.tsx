import Button from '@atlaskit/button/new';
import Form, { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import type { CoverageLimits } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { DialogBody } from '../shown/dialog';

interface LimitsDialogProps {
  limits: CoverageLimits;
  onChanged: () => void;
  onClose: () => void;
}

type Limit = keyof CoverageLimits;

const QUESTIONS: Record<Limit, { label: string; help: string }> = {
  usersPercent: { label: 'People listed, in percent', help: 'Of those whom Atlassian counts.' },
  activityPercent: {
    label: 'Deciding activity known, in percent',
    help: 'Of the pairs of an enabled policy and a person whose activity it must know.',
  },
  jumpPoints: {
    label: 'Idle people more than before, in points',
    help: 'Of the share of active people who are idle. A fault in Atlassian’s data shows as a jump.',
  },
};

const ALL = Object.keys(QUESTIONS) as Limit[];

/** Changes what a reading must hold. The core says which figures it takes. */
export function LimitsDialog({ limits, onChanged, onClose }: LimitsDialogProps) {
  const { backend } = useDesk();
  const order = useOrder();
  const change = async (values: Record<Limit, string>) => {
    const { usersPercent, activityPercent, jumpPoints } = values;
    const wanted: CoverageLimits = {
      usersPercent: Number(usersPercent),
      activityPercent: Number(activityPercent),
      jumpPoints: Number(jumpPoints),
    };
    if (!(await order.give<'setCoverageLimits'>({ command: 'setCoverageLimits', limits: wanted }))) return;
    backend.announce('The limits of a reading were changed');
    onChanged();
  };
  return (
    <ModalDialog onClose={onClose} width="small">
      <Form<Record<Limit, string>> onSubmit={change}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>Change when a reading may be acted on</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                {ALL.map((limit) => (
                  <LimitField key={limit} limit={limit} value={limits[limit]} />
                ))}
                {order.failure && <FailureMessage failure={order.failure} title="The limits were not changed" />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              <Button appearance="subtle" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                Change limits
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}

function LimitField({ limit, value }: { limit: Limit; value: number }) {
  const { label, help } = QUESTIONS[limit];
  return (
    <Field name={limit} label={label} isRequired defaultValue={String(value)} validate={wholeNumber}>
      {({ fieldProps, error }) => (
        <>
          <Textfield {...fieldProps} type="number" min={0} max={100} width="small" />
          <HelperMessage>{help}</HelperMessage>
          {error && <ErrorMessage>{error}</ErrorMessage>}
        </>
      )}
    </Field>
  );
}

const wholeNumber = (value: string | undefined) => (/^\d+$/.test(value ?? '') ? undefined : 'Enter a whole number.');
