import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState, type ReactNode } from 'react';
import type { FieldDefinition, PersonFields } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { Facts } from '../shown/facts';
import { Link } from '../shown/link';
import { CalendarDay } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useTexts } from '../texts/use-texts';
import { PersonOwnDialog } from './person-own-dialog';

interface PersonOwnProps {
  account: string;
  name: string;
  fields: readonly FieldDefinition[];
}

/** What administrators say of somebody: own fields and a note. */
export function PersonOwn({ account, name, fields }: PersonOwnProps) {
  const { say } = useTexts();
  const asked = useAnswer<'personFields'>({ command: 'personFields', accounts: [account] });
  const [editing, setEditing] = useState(false);
  const said = asked.value?.people.find((person) => person.account === account) ?? nothingOf(account);
  return (
    <Section
      title={say('fields.ofPerson')}
      actions={
        asked.value && (
          <OrderButton spacing="compact" label={say('fields.editOf', { name })} onClick={() => setEditing(true)}>
            {say('fields.edit')}
          </OrderButton>
        )
      }
    >
      <AskedView asked={asked} what={say('fields.theOnes')}>
        {() => <Own said={said} fields={fields} />}
      </AskedView>
      <ModalTransition>
        {editing && (
          <PersonOwnDialog
            name={name}
            fields={fields}
            said={said}
            onSet={(answer) => {
              asked.replace(answer);
              setEditing(false);
            }}
            onClose={() => setEditing(false)}
          />
        )}
      </ModalTransition>
    </Section>
  );
}

const nothingOf = (account: string): PersonFields => ({ account, values: [], note: null });

function Own({ said: { values, note }, fields }: { said: PersonFields; fields: readonly FieldDefinition[] }) {
  const { say, show } = useTexts();
  const valueOf = (name: string) => values.find(([each]) => each === name)?.[1];
  const givenUp = values.filter(([name]) => !fields.some((field) => field.name === name));
  const facts: [string, ReactNode][] = [
    ...fields.map((field): [string, ReactNode] => [
      field.name,
      <Value key={field.name} field={field} value={valueOf(field.name)} />,
    ]),
    ...givenUp.map(([name, value]): [string, ReactNode] => [name, say('fields.givenUp', { value })]),
    [
      say('fields.note'),
      note ? (
        <span key="note" className="person-own-note">
          {note}
        </span>
      ) : (
        say('fields.noNote')
      ),
    ],
  ];
  return (
    <>
      <Facts facts={facts} />
      {fields.length === 0 && (
        <p className="person-note">
          {show('fields.noneYet', {
            link: <Link to={{ page: 'settings', part: 'fields' }}>{say('fields.defineSome')}</Link>,
          })}
        </p>
      )}
    </>
  );
}

function Value({ field, value }: { field: FieldDefinition; value: string | undefined }) {
  const { say } = useTexts();
  if (value === undefined) return <span className="person-note">{say('fields.unset')}</span>;
  return field.kind === 'date' ? <CalendarDay at={value} /> : <>{value}</>;
}
