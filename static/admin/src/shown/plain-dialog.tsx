import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import type { ReactNode } from 'react';
import { DialogBody } from './dialog-body';

export interface PlainDialogProps {
  title: string;
  width?: 'small' | 'medium' | 'large';
  children: ReactNode;
  /** What stands below, the main one last. */
  buttons: ReactNode;
  onClose: () => void;
}

/** A dialog around something that is no form of its own. */
export function PlainDialog({ title, width = 'medium', children, buttons, onClose }: PlainDialogProps) {
  return (
    <ModalDialog onClose={onClose} width={width}>
      <ModalHeader hasCloseButton>
        <ModalTitle>{title}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <DialogBody>{children}</DialogBody>
      </ModalBody>
      <ModalFooter>{buttons}</ModalFooter>
    </ModalDialog>
  );
}
