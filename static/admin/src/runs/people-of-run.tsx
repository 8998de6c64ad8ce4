import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Fate, NamedPerson, Run } from '../../gen/types';
import { Loading } from '../asking/asked';
import { FailureMessage } from '../asking/failure-message';
import { Figures, type Figure } from '../shown/figures';
import { useDesk } from '../page/desk';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { againOf } from './again';
import { AgainButton } from './again-button';
import { FATES, FATE_ORDER, countOf } from './fate';
import { HinderedSection } from './hindered-section';
import { outcomeOf } from './outcome';
import { PeopleTable } from './people-table';
import { didSomething } from './take-back';
import { TakeBackDialog } from './take-back-dialog';
import { useRunPeople } from './use-run-people';
import { useTexts } from '../texts/use-texts';
import type { HeldOut } from './held-out';

interface PeopleOfRunProps {
  run: Run;
  /** The outcome that is asked for; everybody without it. */
  fate: Fate | undefined;
  /** The steps that an approval would hold out. */
  heldOut?: HeldOut[];
  onHoldOut?: (heldOut: HeldOut[]) => void;
}

/** Whom a dialog is about; without people, the whole run. */
interface Asking {
  people?: NamedPerson[];
}

/** Everybody in a run's plan, and what can be done about them. */
export function PeopleOfRun({ run, fate, heldOut, onHoldOut }: PeopleOfRunProps) {
  const { say } = useTexts();
  const { go } = useDesk();
  const [chosen, setChosen] = useState<number[]>([]);
  const [asking, setAsking] = useState<Asking>();
  const people = useRunPeople(run);
  const counts = people.counts ?? run.counts;
  const mayTakeBack = didSomething(run) && people.complete;
  const figures: Figure[] = FATE_ORDER.filter((each) => each === fate || countOf(counts, each) > 0).map((each) => ({
    label: say(`runs.fate.${each}`),
    meaning: say(`runs.meaning.${each}`),
    value: countOf(counts, each),
    ...(FATES[each].tone && { tone: FATES[each].tone }),
    chosen: fate === each,
    onChoose: () => go(outcomeOf(run.id, fate === each ? undefined : each)),
  }));
  const again = people.complete ? againOf(run, people.people) : undefined;
  const chosenSteps = new Set(chosen);
  const chosenPeople = people.people.filter(({ step }) => step !== null && chosenSteps.has(step));
  return (
    <>
      <Section
        title={
          run.undoes
            ? say('runs.peopleOfUndo', { count: counts.matched })
            : say('runs.matchedOf', { matched: counts.matched, users: counts.users })
        }
        actions={
          <>
            {again && <AgainButton again={again} />}
            {mayTakeBack && (
              <>
                {chosenPeople.length > 0 && (
                  <OrderButton by="operator" onClick={() => setAsking({ people: chosenPeople })}>
                    {say('runs.takeChosenBack', { chosen: chosenPeople.length })}
                  </OrderButton>
                )}
                <OrderButton by="operator" onClick={() => setAsking({})}>
                  {say('runs.takeRunBack')}
                </OrderButton>
              </>
            )}
          </>
        }
      >
        <Figures label={say('runs.outcomes')} figures={figures} />
        {people.failure && (
          <FailureMessage failure={people.failure} title={say('runs.notLoaded')} again={people.again} />
        )}
        {!people.complete && people.people.length > 0 && !people.failure && (
          <p className="run-people-part" role="status">
            {say('runs.partsLoaded', { loaded: people.loaded, of: people.of })}
          </p>
        )}
        {people.complete || people.people.length > 0 ? (
          <PeopleTable
            people={people.people}
            names={people.names}
            fate={fate}
            {...(heldOut && onHoldOut && { heldOut, onHoldOut })}
            {...(mayTakeBack && {
              takingBack: { chosen, onChoose: setChosen, onTakeBack: (person) => setAsking({ people: [person] }) },
            })}
          />
        ) : (
          !people.failure && run.plan && run.plan.parts > 0 && <Loading what={say('runs.thePeople')} />
        )}
      </Section>
      {people.complete && <HinderedSection run={run} people={people.people} names={people.names} />}
      <ModalTransition>
        {asking && (
          <TakeBackDialog
            run={run}
            people={asking.people ?? people.people}
            whole={!asking.people}
            onClose={() => setAsking(undefined)}
          />
        )}
      </ModalTransition>
    </>
  );
}
