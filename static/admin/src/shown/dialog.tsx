import type { ButtonProps } from '@atlaskit/button/new';
import { ErrorMessage, Field } from '@atlaskit/form';
import Textfield from '@atlaskit/textfield';
import type { ReactNode } from 'react';
import type { Failure } from '../failure';
import { useTexts } from '../texts/use-texts';
import { FormDialog } from './form-dialog';

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
  appearance = 'primary',
  reasonLabel,
  busy,
  failure,
  failureTitle,
  onOrder,
  onClose,
}: DialogProps) {
  return (
    <FormDialog<{ reason?: string }>
      title={title}
      send={order}
      appearance={appearance}
      order={{ busy, failure }}
      failureTitle={failureTitle}
      onSend={({ reason = '' }) => onOrder(reason.trim())}
      onClose={onClose}
    >
      {children}
      {reasonLabel && <ReasonField label={reasonLabel} />}
    </FormDialog>
  );
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
