import { Dialog } from '../shown/dialog';
import { useTexts } from '../texts/use-texts';

/** A change of a policy's text. */
export interface LeavingChange {
  /** What the policy is called. */
  name: string;
  /** The text of the button that makes it. */
  order: string;
  /** Makes it; why it failed is said where it was asked for. */
  make: () => void;
}

interface LeavingDialogProps {
  change: LeavingChange;
  /** How many are in its stages; `undefined` where that could not be told. */
  count: number | undefined;
  onClose: () => void;
}

/** Asks before everybody leaves the stages of a policy. */
export function LeavingDialog({ change: { name, order, make }, count, onClose }: LeavingDialogProps) {
  const { say } = useTexts();
  return (
    <Dialog
      title={say('policies.leavingQuestion', { policy: name })}
      order={order}
      appearance="warning"
      busy={false}
      failure={undefined}
      failureTitle={say('policies.notSaved')}
      onOrder={() => {
        onClose();
        make();
      }}
      onClose={onClose}
    >
      <p>{count === undefined ? say('policies.leavingPerhaps') : say('policies.leaving', { count })}</p>
      <p>{say('policies.leavingMeaning')}</p>
    </Dialog>
  );
}
