import Button from '@atlaskit/button/new';
import { useTexts } from '../texts/use-texts';
import { PlainDialog, type PlainDialogProps } from './plain-dialog';

interface FileDialogProps extends Omit<PlainDialogProps, 'buttons'> {
  /** The text of the button that takes the file over, such as "Import 12 rows". */
  send: string;
  /** Whether something was read that can be taken over. */
  isReady: boolean;
  isBusy: boolean;
  /** Whether all of it was taken over or refused, and the report is all that is left. */
  isOver?: boolean;
  onSend: () => void;
}

/** Takes a file over: it is chosen, what was read of it is shown, and only then it is sent; a report may follow. */
export function FileDialog({ send, isReady, isBusy, isOver = false, onSend, ...frame }: FileDialogProps) {
  const { say } = useTexts();
  return (
    <PlainDialog
      {...frame}
      buttons={
        <>
          <Button appearance="subtle" onClick={frame.onClose}>
            {say(isOver ? 'shown.close' : 'shown.cancel')}
          </Button>
          {!isOver && (
            <Button appearance="primary" isLoading={isBusy} isDisabled={!isReady} onClick={onSend}>
              {send}
            </Button>
          )}
        </>
      }
    />
  );
}
