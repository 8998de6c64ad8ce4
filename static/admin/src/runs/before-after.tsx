import type { Fate, NamedPerson } from '../../gen/types';
import { Day } from '../shown/moment';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';
import { actText, productText, type Names } from './act-text';

/** What a person was before a run's first action, and what the run made of it. */
export function BeforeAfter({ person, names }: { person: NamedPerson; names: Names }) {
  const { say } = useTexts();
  return (
    <details className="before-after">
      <summary aria-label={say('runs.beforeAfterOf', { name: person.name ?? person.account })}>
        {say('runs.beforeAfter')}
      </summary>
      <dl>
        <dt>{say('runs.before')}</dt>
        <dd>
          <Before person={person} names={names} />
        </dd>
        <dt>{say('runs.after')}</dt>
        <dd>
          <After person={person} names={names} />
        </dd>
      </dl>
    </details>
  );
}

function Before({ person: { before }, names }: { person: NamedPerson; names: Names }) {
  const { say, show } = useTexts();
  return (
    <ul>
      <li>{before.status ? say(`runs.status.${before.status}`) : say('runs.statusUnknown')}</li>
      {before.groups && <li>{say('runs.inGroups', { count: before.groups.length })}</li>}
      {before.access?.map(({ resource, seen, unknown }) => (
        <li key={resource}>
          {seen
            ? show('runs.usedOn', { product: productText(resource, names, say), when: <Day at={seen} /> })
            : say(unknown ? 'runs.useUnknown' : 'runs.neverUsed', { product: productText(resource, names, say) })}
        </li>
      ))}
    </ul>
  );
}

/** Fates in which nothing came of the plan. */
const AS_BEFORE: readonly Fate[] = ['skipped', 'exempt', 'protected', 'unknown'];

function After({ person, names }: { person: NamedPerson; names: Names }) {
  const { say } = useTexts();
  const { fate, acts = [], newEmail } = person;
  if (AS_BEFORE.includes(fate) || acts.length === 0) return <>{say('runs.asBefore')}</>;
  return (
    <ul>
      {acts.map((act) => (
        <li key={JSON.stringify(act)}>{sentence(actText(act, names, say))}</li>
      ))}
      {newEmail && <li>{newEmail}</li>}
      <li>{say(`runs.meaning.${fate}`)}</li>
    </ul>
  );
}

/** Whether there is something to tell: those whom a plan acts on are kept with what they were. */
export const hasBefore = ({ before, step }: NamedPerson): boolean => step !== null || before.status !== null;
