import type { NamedPerson, Run } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Dialog } from '../shown/dialog';
import { counted, sentence } from '../shown/sentence';
import { countedAct, inverseOf, nameOfAct } from './act-text';
import { canBeTakenBack } from './take-back';

interface TakeBackDialogProps {
  run: Run;
  /** Whom; the whole run's people if `whole`. */
  people: NamedPerson[];
  whole: boolean;
  onClose: () => void;
}

/** Asks before a run, or what it did to some people, is taken back. */
export function TakeBackDialog({ run, people, whole, onClose }: TakeBackDialogProps) {
  const { backend, go, viewer } = useDesk();
  const order = useOrder();
  const meant = people.filter(canBeTakenBack);
  const first = meant.length === 1 ? meant[0] : undefined;
  const whom = first ? (first.name ?? first.account) : counted(meant.length, 'person', 'people', viewer.locale);

  const takeBack = async (reason: string) => {
    const steps = whole ? [] : meant.flatMap(({ step }) => (step === null ? [] : [step]));
    const started = await order.give<'undoRun'>({ command: 'undoRun', run: run.id, steps, dry: false, reason });
    if (!started) return;
    backend.announce('A run was started that takes it back', run.policy.name);
    onClose();
    go({ page: 'run', id: started.id });
  };

  return (
    <Dialog
      title={whole ? 'Take this run back?' : `Take back what was done to ${whom}?`}
      order="Take back"
      appearance="warning"
      reasonLabel="Reason"
      busy={order.busy}
      failure={order.failure}
      failureTitle="The run was not taken back"
      onOrder={(reason) => void takeBack(reason)}
      onClose={onClose}
    >
      <Meaning people={meant} />
    </Dialog>
  );
}

/** What comes back, and what does not. */
function Meaning({ people }: { people: NamedPerson[] }) {
  const { viewer } = useDesk();
  const { back, lost } = tally(people);
  const who = (count: number) => counted(count, 'person', 'people', viewer.locale);
  return (
    <>
      {back.size > 0 && (
        <>
          <p>A run of its own will:</p>
          <ul>
            {[...back].map(([act, count]) => (
              <li key={act}>{countedAct(act, who(count))}</li>
            ))}
          </ul>
        </>
      )}
      {[...lost].map(([act, count]) => (
        <p key={act}>{sentence(`it cannot be undone to ${countedAct(act, who(count))}`)}</p>
      ))}
      <p>
        Ended sessions and revoked API tokens do not come back: people sign in again and make new tokens. What somebody
        else has changed since stays as it is. Whoever gets something back is left alone for 30 days.
      </p>
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
