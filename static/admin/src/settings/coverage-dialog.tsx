import Button from '@atlaskit/button/new';
import Form, { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import type { CoverageLimits } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { DialogBody } from '../shown/dialog';
import { useTexts } from '../texts/use-texts';

interface CoverageDialogProps {
  limits: CoverageLimits;
  onChanged: () => void;
  onClose: () => void;
}

type Limit = keyof CoverageLimits;

const ALL = ['usersPercent', 'activityPercent', 'jumpPoints'] as const satisfies Limit[];

/** Changes what a reading must hold. The core says which figures it takes. */
export function CoverageDialog({ limits, onChanged, onClose }: CoverageDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const change = async (values: Record<Limit, string>) => {
    const { usersPercent, activityPercent, jumpPoints } = values;
    const wanted: CoverageLimits = {
      usersPercent: Number(usersPercent),
      activityPercent: Number(activityPercent),
      jumpPoints: Number(jumpPoints),
    };
    if (!(await order.give<'setCoverageLimits'>({ command: 'setCoverageLimits', limits: wanted }))) return;
    backend.announce(say('settings.limitsChanged'));
    onChanged();
  };
  return (
    <ModalDialog onClose={onClose} width="small">
      <Form<Record<Limit, string>> onSubmit={change}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>{say('settings.limitsTitle')}</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                {ALL.map((limit) => (
                  <LimitField key={limit} limit={limit} value={limits[limit]} />
                ))}
                {order.failure && <FailureMessage failure={order.failure} title={say('settings.limitsNotChanged')} />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              <Button appearance="subtle" onClick={onClose}>
                {say('shown.cancel')}
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                {say('settings.changeLimits')}
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}

function LimitField({ limit, value }: { limit: Limit; value: number }) {
  const { say } = useTexts();
  return (
    <Field
      name={limit}
      label={say(`settings.limit.${limit}`)}
      isRequired
      defaultValue={String(value)}
      validate={wholeNumber}
    >
      {({ fieldProps, error }) => (
        <>
          <Textfield {...fieldProps} type="number" min={0} max={100} width="small" />
          <HelperMessage>{say(`settings.limit.${limit}.help`)}</HelperMessage>
          {error && <ErrorMessage>{say('shown.wholeNumber')}</ErrorMessage>}
        </>
      )}
    </Field>
  );
}

const wholeNumber = (value: string | undefined) => (/^\d+$/.test(value ?? '') ? undefined : 'WRONG');
