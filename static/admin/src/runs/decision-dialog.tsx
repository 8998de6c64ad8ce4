import type { ReactNode } from 'react';
import type { Run } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import { countedAct } from './act-text';
import { consequencesOf } from './consequences';
import { useTexts } from '../texts/use-texts';
import { runName } from './run-name';
import { remaining, type HeldOut } from './held-out';

export type Decision = 'release' | 'approve' | 'reject' | 'abort';

interface DecisionDialogProps {
  run: Run;
  decision: Decision;
  /** The steps that an approval holds out. */
  heldOut?: HeldOut[];
  onDecided: (run: Run) => void;
  onClose: () => void;
}

const LOOKS = { gives: 'primary', takes: 'warning', forGood: 'danger' } as const;

/** What ends a run takes something away as well; what lets one act looks as heavy as what it does. */
function appearanceOf(run: Run, decision: Decision, heldOut: HeldOut[]): 'primary' | 'warning' | 'danger' {
  if (decision === 'reject' || decision === 'abort') return 'danger';
  if (!letsAct(run, decision)) return 'primary';
  return LOOKS[consequencesOf(remaining(run, heldOut).acts).weight];
}

/** A release of a plan that awaits its approval besides lets nothing happen yet. */
const letsAct = (run: Run, decision: Decision): boolean => decision === 'approve' || !run.approvalWanted;

/** Decides on a run, with a reason. */
export function DecisionDialog({ run, decision, heldOut = [], onDecided, onClose }: DecisionDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();

  const give = (reason: string): Promise<Run | undefined> => {
    switch (decision) {
      case 'release':
        return order.give<'releaseRun'>({ command: 'releaseRun', run: run.id, reason });
      case 'approve':
        return order.give<'approveRun'>({
          command: 'approveRun',
          run: run.id,
          reason,
          holdOut: heldOut.map(({ step }) => step),
        });
      case 'reject':
        return order.give<'rejectRun'>({ command: 'rejectRun', run: run.id, reason });
      case 'abort':
        return order.give<'abortRun'>({ command: 'abortRun', run: run.id, reason });
    }
  };
  const decide = async (reason: string) => {
    const changed = await give(reason);
    if (!changed) return;
    backend.announce(say(`runs.decided.${decision}`), runName(run, say));
    onDecided(changed);
  };

  return (
    <Dialog
      title={say(`runs.question.${decision}`)}
      order={say(`runs.${decision}`)}
      appearance={appearanceOf(run, decision, heldOut)}
      reasonLabel={say('shown.reason')}
      busy={order.busy}
      failure={order.failure}
      failureTitle={say(`runs.undecided.${decision}`)}
      onOrder={(reason) => void decide(reason)}
      onClose={onClose}
    >
      <Meaning run={run} decision={decision} heldOut={heldOut} />
    </Dialog>
  );
}

/** What comes of a decision. */
function Meaning({ run, decision, heldOut }: { run: Run; decision: Decision; heldOut: HeldOut[] }): ReactNode {
  const { say } = useTexts();
  const people = (count: number) => say('shown.people', { count });
  const left = remaining(run, heldOut);
  if (decision === 'reject') return <p>{say('runs.rejectMeaning')}</p>;
  if (decision === 'abort') return <p>{say('runs.abortMeaning')}</p>;
  return (
    <>
      {!letsAct(run, decision) ? (
        <p>{say('runs.releaseMeaning', { people: people(left.people) })}</p>
      ) : (
        <>
          <p>{say('runs.willDo')}</p>
          <ul>
            {left.acts.map(({ act, people: count }) => (
              <li key={act}>{countedAct(act, people(count), say)}</li>
            ))}
          </ul>
          <Follows acts={left.acts} />
        </>
      )}
      {heldOut.length > 0 && <p>{say('runs.heldOutMeaning', { people: people(heldOut.length) })}</p>}
    </>
  );
}

/** What follows for them, and what of it comes back. */
function Follows({ acts }: { acts: { act: string; people: number }[] }) {
  const { say } = useTexts();
  const { isBack, explained, undoable, final } = consequencesOf(acts);
  const listed = (some: typeof acts) =>
    some.map(({ act, people }) => countedAct(act, say('shown.people', { count: people }), say)).join('; ');
  return (
    <>
      <p>{say(isBack ? 'runs.goOnGiving' : 'runs.goOnMeaning')}</p>
      {explained.map((act) => (
        <p key={act}>{say(`runs.follows.${act}`)}</p>
      ))}
      {undoable.length > 0 && <p>{say('runs.undoBrings', { acts: listed(undoable) })}</p>}
      {final.length > 0 && (
        <p>
          <strong>{say('runs.nothingBrings', { acts: listed(final) })}</strong>
        </p>
      )}
    </>
  );
}
