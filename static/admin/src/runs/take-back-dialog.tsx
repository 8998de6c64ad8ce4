import { useState } from 'react';
import type { NamedPerson, Run } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import { sentence } from '../shown/sentence';
import { countedAct, inverseOf, nameOfAct } from './act-text';
import { canBeTakenBack } from './take-back';
import { useTexts } from '../texts/use-texts';
import { runName } from './run-name';
import './take-back-dialog.css';

interface TakeBackDialogProps {
  run: Run;
  /** Whom; the whole run's people if `whole`. */
  people: NamedPerson[];
  whole: boolean;
  onClose: () => void;
}

/** Asks before a run, or what it did to some people, is taken back. */
export function TakeBackDialog({ run, people, whole, onClose }: TakeBackDialogProps) {
  const { backend, go } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const [dry, setDry] = useState(false);
  const meant = people.filter(canBeTakenBack);
  const first = meant.length === 1 ? meant[0] : undefined;
  const whom = first ? (first.name ?? first.account) : say('shown.people', { count: meant.length });

  const takeBack = async (reason: string) => {
    const steps = whole ? [] : meant.flatMap(({ step }) => (step === null ? [] : [step]));
    const started = await order.give<'undoRun'>({ command: 'undoRun', run: run.id, steps, dry, reason });
    if (!started) return;
    backend.announce(say(dry ? 'runs.takeBackTried' : 'runs.takeBackStarted'), runName(run, say));
    onClose();
    go({ page: 'run', id: started.id });
  };

  return (
    <Dialog
      title={whole ? say('runs.takeBackRunQuestion') : say('runs.takeBackQuestion', { whom })}
      order={say(dry ? 'runs.dryRun' : 'runs.takeBack')}
      appearance={dry ? 'primary' : 'warning'}
      reasonLabel={say('shown.reason')}
      busy={order.busy}
      failure={order.failure}
      failureTitle={say('runs.notTakenBack')}
      onOrder={(reason) => void takeBack(reason)}
      onClose={onClose}
    >
      <Meaning people={meant} />
      <label className="take-back-dry">
        <input type="checkbox" checked={dry} onChange={() => setDry(!dry)} />
        {say('runs.dryRunFirst')}
      </label>
    </Dialog>
  );
}

/** What comes back, and what does not. */
function Meaning({ people }: { people: NamedPerson[] }) {
  const { say } = useTexts();
  const { back, lost } = tally(people);
  const who = (count: number) => say('shown.people', { count });
  return (
    <>
      {back.size > 0 && (
        <>
          <p>{say('runs.ownRunWill')}</p>
          <ul>
            {[...back].map(([act, count]) => (
              <li key={act}>{countedAct(act, who(count), say)}</li>
            ))}
          </ul>
        </>
      )}
      {[...lost].map(([act, count]) => (
        <p key={act}>{sentence(say('runs.cannotUndo', { act: countedAct(act, who(count), say) }))}</p>
      ))}
      <p>{say('runs.takeBackMeaning')}</p>
    </>
  );
}

/** To how many people which act will be done, and to how many one was done that nothing takes back. */
function tally(people: NamedPerson[]): { back: Map<string, number>; lost: Map<string, number> } {
  const back = new Map<string, number>();
  const lost = new Map<string, number>();
  const add = (map: Map<string, number>, act: string) => map.set(act, (map.get(act) ?? 0) + 1);
  for (const act of people.flatMap((person) => person.acts ?? [])) {
    const name = nameOfAct(act);
    const inverse = inverseOf(name);
    add(inverse === undefined ? lost : back, inverse ?? name);
  }
  return { back, lost };
}
