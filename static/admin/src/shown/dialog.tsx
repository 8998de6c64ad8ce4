import Button, { type ButtonProps } from '@atlaskit/button/new';
import Form, { ErrorMessage, Field } from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import type { ReactNode } from 'react';
import { FailureMessage } from '../asking/failure-message';
import type { Failure } from '../failure';
import { useTexts } from '../texts/use-texts';
import './dialog.css';

interface DialogProps {
  title: string;
  /** What happens, to how many, and how to take it back. */
  children: ReactNode;
  /** The text of the button that does it. */
  order: string;
  appearance?: ButtonProps['appearance'];
  /** Asks for a reason, such as "Why may it go on?". */
  reasonLabel?: string;
  busy: boolean;
  failure: Failure | undefined;
  failureTitle: string;
  onOrder: (reason: string) => void;
  onClose: () => void;
}

/** Asks before something is done, with a reason for the log where one is needed. */
export function Dialog({
  title,
  children,
  order,
  appearance,
  reasonLabel,
  busy,
  failure,
  failureTitle,
  onOrder,
  onClose,
}: DialogProps) {
  const { say } = useTexts();
  return (
    <ModalDialog onClose={onClose} width="small">
      <Form<{ reason?: string }> onSubmit={(values) => onOrder(values.reason?.trim() ?? '')}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>{title}</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                {children}
                {reasonLabel && <ReasonField label={reasonLabel} />}
                {failure && <FailureMessage failure={failure} title={failureTitle} />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              <Button appearance="subtle" onClick={onClose}>
                {say('shown.cancel')}
              </Button>
              <Button type="submit" appearance={appearance ?? 'primary'} isLoading={busy}>
                {order}
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}

/** What a dialog holds, with room between its parts. */
export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="dialog-body">{children}</div>;
}

/** A reason that the log keeps. */
export function ReasonField({ label }: { label: string }) {
  const { say } = useTexts();
  return (
    <Field
      name="reason"
      label={label}
      isRequired
      defaultValue=""
      validate={(value) => (value?.trim() ? undefined : 'EMPTY')}
    >
      {({ fieldProps, error }) => (
        <>
          <Textfield {...fieldProps} maxLength={500} autoComplete="off" />
          {error && <ErrorMessage>{say('shown.reasonMissing')}</ErrorMessage>}
        </>
      )}
    </Field>
  );
}
