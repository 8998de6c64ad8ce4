import Textfield from '@atlaskit/textfield';
import { useId, useState } from 'react';
import type { Run } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import { useTexts } from '../texts/use-texts';
import type { Again } from './again';
import { runName } from './run-name';

interface AgainDialogProps {
  again: Exclude<Again, { way: 'choose' }>;
  onClose: () => void;
}

/** Asks before what a run left undone is done by another one, and says by which. */
export function AgainDialog({ again, onClose }: AgainDialogProps) {
  const { backend, go } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const [idleDays, setIdleDays] = useState('90');
  const preview = again.way === 'undo' && again.preview;
  const failed = say('shown.people', { count: again.failed.length });

  const give = (reason: string): Promise<Run | undefined> => {
    switch (again.way) {
      case 'undo':
        return order.give<'undoRun'>({ command: 'undoRun', run: again.run, steps: again.steps, dry: false, reason });
      case 'policy':
        return order.give<'startRun'>({ command: 'startRun', policy: again.policy, dry: false });
      case 'byHand': {
        const idle = again.takesAccess && idleDays.trim() ? `${idleDays.trim()}d` : null;
        return order.give<'actOn'>({
          command: 'actOn',
          people: again.failed.map(({ account }) => account),
          errand: again.errand,
          idle,
          evenIfActive: idle === null,
          dry: false,
          reason,
        });
      }
    }
  };
  const start = async (reason: string) => {
    const run = await give(reason);
    if (!run) return;
    backend.announce(say('runs.anotherStarted'), runName(run, say));
    onClose();
    go({ page: 'run', id: run.id });
  };

  return (
    <Dialog
      title={preview ? say('runs.takeBackNowQuestion') : say('runs.retryQuestion', { people: failed })}
      order={say(preview ? 'runs.takeBack' : 'runs.retry')}
      appearance="warning"
      {...(again.way !== 'policy' && { reasonLabel: say('shown.reason') })}
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('runs.anotherNotStarted')}
      onOrder={(reason) => void start(reason)}
      onClose={onClose}
    >
      <p>{preview ? say('runs.takeBackMeaning') : say(`runs.again.${again.way}`)}</p>
      {(again.way === 'policy' || (again.way === 'byHand' && again.takesAccess)) && <p>{say('runs.againAfterADay')}</p>}
      {again.way === 'byHand' && again.takesAccess && <IdleDays days={idleDays} onChange={setIdleDays} />}
    </Dialog>
  );
}

/** For how long people must have been idle, so that nobody loses access who came back meanwhile. */
function IdleDays({ days, onChange }: { days: string; onChange: (days: string) => void }) {
  const { say } = useTexts();
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{say('runs.idleDays')}</label>
      <Textfield
        id={id}
        type="number"
        min={1}
        isCompact
        width="small"
        value={days}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p>{say('runs.idleDaysHelp')}</p>
    </div>
  );
}
