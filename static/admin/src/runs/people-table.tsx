import { ModalTransition } from '@atlaskit/modal-dialog';
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useMemo, useState } from 'react';
import type { Fate, NamedPerson } from '../../gen/types';
import { ExemptDialog } from '../exemptions/exempt-dialog';
import { useTexts } from '../texts/use-texts';
import type { Names } from './act-text';
import { FATE_ORDER } from './fate';
import { nameOf, type TakingBack } from './person-row';
import { canBeTakenBack } from './take-back';
import { VirtualPeople, type Order, type SortKey } from './virtual-people';
import type { HeldOut } from './held-out';
import './people-table.css';

const SORT_VALUE: Record<SortKey, (person: NamedPerson) => string> = {
  name: (person) => (person.name ?? person.account).toLowerCase(),
  fate: (person) => String(FATE_ORDER.indexOf(person.fate)),
  seen: (person) => person.before.lastSeen ?? '',
};

/** The order after a click on a heading: of what is sorted by already, the other way. */
const turned = (last: Order, key: SortKey): Order => ({ key, descending: last.key === key && !last.descending });

function comparison({ key, descending }: Order): (a: NamedPerson, b: NamedPerson) => number {
  const value = SORT_VALUE[key];
  const sign = descending ? -1 : 1;
  return (a, b) => sign * value(a).localeCompare(value(b));
}

interface PeopleTableProps {
  people: NamedPerson[];
  /** What groups and sites are called. */
  names: Names;
  /** Only people with this fate; all without it. */
  fate: Fate | undefined;
  /** The steps that an approval would hold out, while the plan waits for one. */
  heldOut?: HeldOut[];
  onHoldOut?: (heldOut: HeldOut[]) => void;
  takingBack?: TakingBack | undefined;
}

/** One row per person of a plan: who, where they ended, and why. */
export function PeopleTable({ people, fate, ...rest }: PeopleTableProps) {
  const { say } = useTexts();
  const { takingBack } = rest;
  const [text, setText] = useState('');
  const [order, setOrder] = useState<Order>({ key: 'fate', descending: false });
  const [exempting, setExempting] = useState<NamedPerson>();
  const shown = useMemo(
    () => people.filter((person) => (!fate || person.fate === fate) && mentions(person, text)).sort(comparison(order)),
    [people, fate, text, order],
  );
  const stopExempting = () => setExempting(undefined);
  return (
    <div className="people">
      <div className="people-filter">
        <Textfield
          aria-label={say('runs.filter')}
          placeholder={say('runs.filter')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span role="status">{say('shown.people', { count: shown.length })}</span>
        {takingBack && (
          <Button appearance="subtle" onClick={() => takingBack.onChoose(stepsToTakeBack(shown))}>
            {say('runs.chooseAll')}
          </Button>
        )}
      </div>
      <VirtualPeople
        {...rest}
        people={shown}
        order={order}
        onOrder={(key) => setOrder((last) => turned(last, key))}
        onExempt={setExempting}
      />
      <ModalTransition>
        {exempting && <ExemptDialog account={exempting.account} name={nameOf(exempting)} onClose={stopExempting} />}
      </ModalTransition>
    </div>
  );
}

const stepsToTakeBack = (people: NamedPerson[]): number[] =>
  people.filter(canBeTakenBack).flatMap(({ step }) => (step === null ? [] : [step]));

function mentions(person: NamedPerson, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return (
    !wanted ||
    [person.name, person.email, person.account, person.reason].some((part) => part?.toLowerCase().includes(wanted))
  );
}
