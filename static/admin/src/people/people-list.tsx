import Button from '@atlaskit/button/new';
import EmptyState from '@atlaskit/empty-state';
import DynamicTable from '@atlaskit/dynamic-table';
import SectionMessage from '@atlaskit/section-message';
import Textfield from '@atlaskit/textfield';
import { useState, type FormEvent } from 'react';
import type { ListedPerson } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { Day } from '../shown/moment';
import { Section } from '../shown/section';
import type { Texts } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { StatusLozenge } from './columns';
import './people-desk.css';

/** Everybody page by page, where the page may not hold them all: searched for by a text and nothing more. */
export function PeopleList() {
  const texts = useTexts();
  const { say } = texts;
  const [draft, setDraft] = useState('');
  const [text, setText] = useState('');
  /** Where each page so far begins. */
  const [starts, setStarts] = useState([0]);
  const page = useAnswer<'listPeople'>({ command: 'listPeople', text, from: starts.at(-1) ?? 0 });
  const search = (event: FormEvent) => {
    event.preventDefault();
    setText(draft.trim());
    setStarts([0]);
  };
  const next = page.value?.next ?? null;
  return (
    <Section title={say('people.everybody')}>
      <SectionMessage appearance="information">
        <p>{say('people.withoutWasm')}</p>
      </SectionMessage>
      <form className="people-search" role="search" onSubmit={search}>
        <Textfield
          aria-label={say('people.search')}
          placeholder={say('people.search')}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
        <Button type="submit">{say('people.find')}</Button>
      </form>
      <AskedView asked={page} what={say('people.everybody')}>
        {({ people }) =>
          people.length === 0 ? (
            <EmptyState header={say('people.nobody')} headingLevel={3} description={say('people.nobodyText')} />
          ) : (
            <DynamicTable
              label={say('people.everybody')}
              head={{
                cells: (['name', 'email', 'status', 'lastSeen'] as const).map((key) => ({
                  key,
                  content: say(`people.column.${key}`),
                })),
              }}
              rows={people.map((person) => ({ key: person.account, cells: cellsOf(person, texts) }))}
            />
          )
        }
      </AskedView>
      <div className="people-pages">
        <Button isDisabled={starts.length === 1} onClick={() => setStarts(starts.slice(0, -1))}>
          {say('shown.previousPage')}
        </Button>
        <Button isDisabled={next === null} onClick={() => next !== null && setStarts([...starts, next])}>
          {say('shown.nextPage')}
        </Button>
      </div>
    </Section>
  );
}

const cellsOf = ({ account, name, email, status, lastSeen, orLater }: ListedPerson, { say, show }: Texts) => {
  const unseen = say(orLater ? 'people.seen.unknown' : 'people.seen.never');
  const day = lastSeen && <Day at={lastSeen} />;
  return [
    { content: name ?? account },
    { content: email ?? say('people.notKnown') },
    { content: <StatusLozenge status={status} /> },
    { content: day && orLater ? show('people.orLater', { day }) : (day ?? unseen) },
  ];
};
