import { DynamicTableStateless } from '@atlaskit/dynamic-table';
import { ModalTransition } from '@atlaskit/modal-dialog';
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useMemo, useState, type ReactNode } from 'react';
import type { Fate, NamedPerson } from '../../gen/types';
import { ExemptDialog } from '../exemptions/exempt-dialog';
import { Day } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { Pager, usePage } from '../shown/pager';
import { sentence } from '../shown/sentence';
import { actText, type Names } from './act-text';
import { BeforeAfter, hasBefore } from './before-after';
import { FateLozenge, FATE_ORDER } from './fate';
import { canBeTakenBack } from './take-back';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import './people-table.css';

const headOf = (say: Say) => ({
  cells: [
    { key: 'name', content: say('runs.person'), isSortable: true, width: 25 },
    { key: 'fate', content: say('runs.outcome'), isSortable: true, width: 12 },
    { key: 'acts', content: say('runs.what'), width: 18 },
    { key: 'reason', content: say('runs.why'), width: 23 },
    { key: 'seen', content: say('runs.lastSeen'), isSortable: true, width: 10 },
    { key: 'orders', content: '' },
  ],
});

const ROWS = 50;

interface Order {
  key: 'name' | 'fate' | 'seen';
  direction: 'ASC' | 'DESC';
}

const SORT_VALUE: Record<Order['key'], (person: NamedPerson) => string> = {
  name: (person) => (person.name ?? person.account).toLowerCase(),
  fate: (person) => String(FATE_ORDER.indexOf(person.fate)),
  seen: (person) => person.before.lastSeen ?? '',
};

function comparison({ key, direction }: Order): (a: NamedPerson, b: NamedPerson) => number {
  const value = SORT_VALUE[key];
  const sign = direction === 'ASC' ? 1 : -1;
  return (a, b) => sign * value(a).localeCompare(value(b));
}

/** Taking back what was done to people, once their run is over. */
export interface TakingBack {
  /** The steps that are chosen. */
  chosen: number[];
  onChoose: (steps: number[]) => void;
  onTakeBack: (person: NamedPerson) => void;
}

interface PeopleTableProps {
  people: NamedPerson[];
  /** What groups and sites are called. */
  names: Names;
  /** Only people with this fate; all without it. */
  fate: Fate | undefined;
  /** The steps that an approval would hold out, while the plan waits for one. */
  heldOut?: number[];
  onHoldOut?: (steps: number[]) => void;
  takingBack?: TakingBack | undefined;
}

/** One row per person of a plan: who, where they ended, and why. */
export function PeopleTable({ people, names, fate, heldOut, onHoldOut, takingBack }: PeopleTableProps) {
  const { say } = useTexts();
  const [text, setText] = useState('');
  const [order, setOrder] = useState<Order>({ key: 'fate', direction: 'ASC' });
  const [exempting, setExempting] = useState<NamedPerson>();
  const shown = useMemo(
    () => people.filter((person) => (!fate || person.fate === fate) && mentions(person, text)).sort(comparison(order)),
    [people, fate, text, order],
  );
  const page = usePage(shown, ROWS, JSON.stringify([fate, text, order]));
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
      <DynamicTableStateless
        label={say('runs.peopleOfRun')}
        head={headOf(say)}
        sortKey={order.key}
        sortOrder={order.direction}
        onSort={({ key, sortOrder }: { key: Order['key']; sortOrder: Order['direction'] }) =>
          setOrder({ key, direction: sortOrder })
        }
        emptyView={<p className="people-nobody">{say('runs.nobodyMatches')}</p>}
        rows={page.items.map((person) => ({
          key: `${person.account} ${person.directory}`,
          cells: [
            {
              content: (
                <PersonName person={person}>
                  {takingBack && canBeTakenBack(person) && <Choice person={person} {...takingBack} />}
                </PersonName>
              ),
            },
            { content: <FateLozenge fate={person.fate} /> },
            {
              content: (
                <div className="person">
                  <Acts person={person} names={names} />
                  {hasBefore(person) && <BeforeAfter person={person} names={names} />}
                </div>
              ),
            },
            { content: <Why person={person} names={names} /> },
            { content: person.before.lastSeen ? <Day at={person.before.lastSeen} /> : '–' },
            {
              content: (
                <>
                  {heldOut && onHoldOut && person.step !== null && (
                    <HoldOutButton person={person} step={person.step} heldOut={heldOut} onHoldOut={onHoldOut} />
                  )}
                  {takingBack && canBeTakenBack(person) && (
                    <OrderButton
                      appearance="subtle"
                      spacing="compact"
                      by="operator"
                      label={say('runs.takeBackOf', { name: nameOf(person) })}
                      onClick={() => takingBack.onTakeBack(person)}
                    >
                      {say('runs.takeBack')}
                    </OrderButton>
                  )}
                  {person.fate !== 'exempt' && (
                    <OrderButton
                      appearance="subtle"
                      spacing="compact"
                      label={say('runs.exemptOf', { name: nameOf(person) })}
                      onClick={() => setExempting(person)}
                    >
                      {say('runs.exempt')}
                    </OrderButton>
                  )}
                </>
              ),
            },
          ],
        }))}
      />
      <Pager page={page} label={say('runs.pagesOfPeople')} />
      <ModalTransition>
        {exempting && <ExemptDialog account={exempting.account} name={nameOf(exempting)} onClose={stopExempting} />}
      </ModalTransition>
    </div>
  );
}

interface HoldOutButtonProps {
  person: NamedPerson;
  step: number;
  heldOut: number[];
  onHoldOut: (steps: number[]) => void;
}

/** Takes one person out of the plan that is about to be approved, or puts them back. */
function HoldOutButton({ person, step, heldOut, onHoldOut }: HoldOutButtonProps) {
  const { say } = useTexts();
  const isOut = heldOut.includes(step);
  return (
    <OrderButton
      appearance={isOut ? 'warning' : 'subtle'}
      spacing="compact"
      by="approver"
      label={say(isOut ? 'runs.putBackOf' : 'runs.holdOutOf', { name: nameOf(person) })}
      onClick={() => onHoldOut(isOut ? heldOut.filter((other) => other !== step) : [...heldOut, step])}
    >
      {say(isOut ? 'runs.heldOut' : 'runs.holdOut')}
    </OrderButton>
  );
}

const nameOf = ({ name, account }: NamedPerson): string => name ?? account;

const stepsToTakeBack = (people: NamedPerson[]): number[] =>
  people.filter(canBeTakenBack).flatMap(({ step }) => (step === null ? [] : [step]));

/** Chooses one person to be taken back together with others. */
function Choice({ person, chosen, onChoose }: { person: NamedPerson } & TakingBack) {
  const { say } = useTexts();
  const { step } = person;
  if (step === null) return null;
  const isChosen = chosen.includes(step);
  return (
    <input
      type="checkbox"
      className="person-choice"
      aria-label={say('runs.chooseOf', { name: nameOf(person) })}
      checked={isChosen}
      onChange={() => onChoose(isChosen ? chosen.filter((other) => other !== step) : [...chosen, step])}
    />
  );
}

/** What is done to the person, and at which stage of a chain. */
function Acts({ person: { acts, stage }, names }: { person: NamedPerson; names: Names }) {
  const { say } = useTexts();
  if (!acts?.length) return <>–</>;
  return (
    <div className="person">
      {acts.map((act) => (
        <span key={JSON.stringify(act)}>{sentence(actText(act, names, say))}</span>
      ))}
      {stage !== undefined && stage > 0 && (
        <span className="person-email">{say('runs.stage', { stage: stage + 1 })}</span>
      )}
    </div>
  );
}

function Why({ person: { reason, hinderedBy }, names }: { person: NamedPerson; names: Names }) {
  const { say } = useTexts();
  return (
    <div className="person">
      <span>{sentence(reason)}</span>
      {hinderedBy && hinderedBy.length > 0 && (
        <span className="person-email">
          {say('runs.inTheWay', { groups: hinderedBy.map((group) => names.get(group) ?? group).join(', ') })}
        </span>
      )}
    </div>
  );
}

function PersonName({ person, children }: { person: NamedPerson; children?: ReactNode }) {
  return (
    <div className="person">
      {children}
      {person.name && <span className="person-name">{person.name}</span>}
      {person.email && <span className="person-email">{person.email}</span>}
      <code className="person-account">{person.account}</code>
    </div>
  );
}

function mentions(person: NamedPerson, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return (
    !wanted ||
    [person.name, person.email, person.account, person.reason].some((part) => part?.toLowerCase().includes(wanted))
  );
}
