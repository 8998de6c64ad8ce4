import Button, { type ButtonProps } from '@atlaskit/button/new';
import Form from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import type { ReactNode } from 'react';
import { FailureMessage } from '../asking/failure-message';
import type { Order } from '../asking/use-order';
import { useTexts } from '../texts/use-texts';
import { DialogBody } from './dialog-body';

/** What the questions of a form are answered with, by their names. */
type Answers<Values> = { [Name in keyof Values]: Values[Name] };

interface FormDialogProps<Values extends Answers<Values>> {
  title: string;
  /** The questions, and what follows from their answers. */
  children: ReactNode;
  /** The text of the button that sends the order. */
  send: string;
  appearance?: ButtonProps['appearance'];
  /** Another order that the same dialog may send, such as to take away what was set. */
  instead?: { text: string; onSend: () => void } | null | undefined;
  /** The order as it stands: whether it is out, and why the last one was not carried out. */
  order: Pick<Order, 'busy' | 'failure'>;
  /** What is said above why the order was not carried out. */
  failureTitle?: string;
  width?: 'small' | 'medium' | 'large';
  /** Whether the order cannot be sent: something that it needs is on its way still, or it would be too much. */
  isDisabled?: boolean;
  /** Is called when every question has an answer that will do. */
  onSend: (values: Values) => void;
  onClose: () => void;
}

/** A form in a dialog that sends an order: it stays open, with the reason, when the order was not carried out. */
export function FormDialog<Values extends Answers<Values>>({
  title,
  children,
  send,
  appearance = 'primary',
  instead,
  order: { busy, failure },
  failureTitle,
  width = 'small',
  isDisabled = false,
  onSend,
  onClose,
}: FormDialogProps<Values>) {
  const { say } = useTexts();
  return (
    <ModalDialog onClose={onClose} width={width}>
      <Form<Values> onSubmit={(values) => onSend(values)}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>{title}</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                {children}
                {failure && <FailureMessage failure={failure} title={failureTitle ?? say('shown.nothingChanged')} />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              {instead && (
                <Button appearance="subtle" isDisabled={busy} onClick={instead.onSend}>
                  {instead.text}
                </Button>
              )}
              <Button appearance="subtle" onClick={onClose}>
                {say('shown.cancel')}
              </Button>
              <Button type="submit" appearance={appearance} isLoading={busy} isDisabled={isDisabled}>
                {send}
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}
