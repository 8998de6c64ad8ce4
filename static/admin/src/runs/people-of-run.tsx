import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Fate, NamedPerson, Run } from '../../gen/types';
import { Loading } from '../asking/asked';
import { FailureMessage } from '../asking/failure-message';
import { useDesk } from '../page/desk';
import { Figures, type Figure } from '../shown/figures';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { counted } from '../shown/sentence';
import { FATES, FATE_ORDER, countOf } from './fate';
import { HinderedSection } from './hindered-section';
import { PeopleTable } from './people-table';
import { didSomething } from './take-back';
import { TakeBackDialog } from './take-back-dialog';
import { useRunPeople } from './use-run-people';

interface PeopleOfRunProps {
  run: Run;
  /** The steps that an approval would hold out. */
  heldOut?: number[];
  onHoldOut?: (steps: number[]) => void;
}

/** Whom a dialog is about; without people, the whole run. */
interface Asking {
  people?: NamedPerson[];
}

/** Everybody in a run's plan, and what can be done about them. */
export function PeopleOfRun({ run, heldOut, onHoldOut }: PeopleOfRunProps) {
  const { viewer } = useDesk();
  const [fate, setFate] = useState<Fate>();
  const [chosen, setChosen] = useState<number[]>([]);
  const [asking, setAsking] = useState<Asking>();
  const people = useRunPeople(run);
  const counts = people.counts ?? run.counts;
  const mayTakeBack = didSomething(run) && people.complete;
  const figures: Figure[] = FATE_ORDER.filter((each) => each === fate || countOf(counts, each) > 0).map((each) => ({
    label: FATES[each].text,
    meaning: FATES[each].meaning,
    value: countOf(counts, each),
    ...(FATES[each].tone && { tone: FATES[each].tone }),
    chosen: fate === each,
    onChoose: () => setFate(fate === each ? undefined : each),
  }));
  const chosenPeople = people.people.filter(({ step }) => step !== null && chosen.includes(step));
  return (
    <>
      <Section
        title={
          run.undoes
            ? `${counted(counts.matched, 'person', 'people', viewer.locale)} on whom that run acted`
            : `${counts.matched.toLocaleString(viewer.locale)} matched of ${counts.users.toLocaleString(viewer.locale)} people`
        }
        actions={
          mayTakeBack && (
            <>
              {chosenPeople.length > 0 && (
                <OrderButton by="operator" onClick={() => setAsking({ people: chosenPeople })}>
                  {`Take back the ${chosenPeople.length} chosen`}
                </OrderButton>
              )}
              <OrderButton by="operator" onClick={() => setAsking({})}>
                Take the run back
              </OrderButton>
            </>
          )
        }
      >
        <Figures label="Outcomes; choose one to filter" figures={figures} />
        {people.failure && (
          <FailureMessage failure={people.failure} title="Could not load the people of this run" again={people.again} />
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
          !people.failure && run.plan && run.plan.parts > 0 && <Loading what="the people of this run" />
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
