import type { ReactNode } from 'react';
import type { NamedPerson } from '../../gen/types';
import { Day } from '../shown/moment';
import { useName } from '../shown/names';
import { OrderButton } from '../shown/order-button';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';
import { actText, type Names } from './act-text';
import { BeforeAfter, hasBefore } from './before-after';
import { FateLozenge } from './fate';
import { canBeTakenBack } from './take-back';
import { heldOutWith, type HeldOut } from './held-out';

/** Taking back what was done to people, once their run is over. */
export interface TakingBack {
  /** The steps that are chosen. */
  chosen: number[];
  onChoose: (steps: number[]) => void;
  onTakeBack: (person: NamedPerson) => void;
}

/** What a row needs besides its person. */
export interface PersonRowProps {
  person: NamedPerson;
  /** What groups and sites are called. */
  names: Names;
  /** The steps that an approval would hold out, while the plan waits for one. */
  heldOut?: HeldOut[];
  onHoldOut?: (heldOut: HeldOut[]) => void;
  takingBack?: TakingBack | undefined;
  onExempt: (person: NamedPerson) => void;
}

/** The cells of a person's row: who, where they ended, what was done and why, and what can be done now. */
export function PersonCells({ person, names, heldOut, onHoldOut, takingBack, onExempt }: PersonRowProps) {
  const mayTakeBack = takingBack && canBeTakenBack(person);
  return (
    <>
      <span role="cell">
        <PersonName person={person}>{mayTakeBack && <Choice person={person} {...takingBack} />}</PersonName>
      </span>
      <span role="cell" className="person-fate">
        <FateLozenge fate={person.fate} />
      </span>
      <div role="cell">
        <Acts person={person} names={names} />
        {hasBefore(person) && <BeforeAfter person={person} names={names} />}
      </div>
      <span role="cell">
        <Why person={person} names={names} />
      </span>
      <span role="cell" className="person">
        {person.before.lastSeen ? <Day at={person.before.lastSeen} /> : '–'}
      </span>
      <span role="cell" className="person-orders">
        {heldOut && onHoldOut && person.step !== null && (
          <HoldOutButton person={person} step={person.step} heldOut={heldOut} onHoldOut={onHoldOut} />
        )}
        {mayTakeBack && <TakeBackButton person={person} onTakeBack={takingBack.onTakeBack} />}
        {person.fate !== 'exempt' && <ExemptButton person={person} onExempt={onExempt} />}
      </span>
    </>
  );
}

function TakeBackButton({ person, onTakeBack }: { person: NamedPerson } & Pick<TakingBack, 'onTakeBack'>) {
  const { say } = useTexts();
  return (
    <OrderButton
      appearance="subtle"
      spacing="compact"
      by="operator"
      label={say('runs.takeBackOf', { name: nameOf(person) })}
      onClick={() => onTakeBack(person)}
    >
      {say('runs.takeBack')}
    </OrderButton>
  );
}

function ExemptButton({ person, onExempt }: Pick<PersonRowProps, 'person' | 'onExempt'>) {
  const { say } = useTexts();
  return (
    <OrderButton
      appearance="subtle"
      spacing="compact"
      label={say('runs.exemptOf', { name: nameOf(person) })}
      onClick={() => onExempt(person)}
    >
      {say('runs.exempt')}
    </OrderButton>
  );
}

interface HoldOutButtonProps {
  person: NamedPerson;
  step: number;
  heldOut: HeldOut[];
  onHoldOut: (heldOut: HeldOut[]) => void;
}

/** Takes one person out of the plan that is about to be approved, or puts them back. */
function HoldOutButton({ person, step, heldOut, onHoldOut }: HoldOutButtonProps) {
  const { say } = useTexts();
  const others = heldOut.filter((other) => other.step !== step);
  const isOut = others.length < heldOut.length;
  return (
    <OrderButton
      appearance={isOut ? 'warning' : 'subtle'}
      spacing="compact"
      by="approver"
      label={say(isOut ? 'runs.putBackOf' : 'runs.holdOutOf', { name: nameOf(person) })}
      onClick={() => onHoldOut(isOut ? others : [...others, heldOutWith(person, step)])}
    >
      {say(isOut ? 'runs.heldOut' : 'runs.holdOut')}
    </OrderButton>
  );
}

export const nameOf = ({ name, account }: NamedPerson): string => name ?? account;

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
    <div className="person-who">
      {children}
      <PersonLines person={person} />
    </div>
  );
}

/** The name, the address and the id, below each other. */
function PersonLines({ person }: { person: NamedPerson }) {
  const found = useName(person.name ? undefined : person.account);
  const name = person.name ?? found;
  return (
    <div className="person">
      {name && <span className="person-name">{name}</span>}
      {person.email && <span className="person-email">{person.email}</span>}
      <code className="person-account">{person.account}</code>
    </div>
  );
}
