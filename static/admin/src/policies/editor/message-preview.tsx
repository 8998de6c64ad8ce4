import Button from '@atlaskit/button/new';
import Select from '@atlaskit/select';
import { useId, useMemo, useState, type ReactNode } from 'react';
import type { MessagePreview, PreviewedPerson } from '../../../gen/types';
import { AskedView } from '../../asking/asked';
import { useAnswer } from '../../asking/use-answer';
import type { Roster } from '../../core';
import { useTexts } from '../../texts/use-texts';
import { useDesk } from '../../page/desk';
import { isObject, listOf, type JsonObject } from '../json';
import { OTHERS, languageName } from './field/languages';
import { useRested } from './use-rested';
import { warningStages } from './warning-stages';
import './message-preview.css';

interface MessageSectionProps {
  text: string;
  document: JsonObject;
  roster: Roster;
  /** Changes when the core was told of other lists and fields. */
  told: object | undefined;
}

/** So many people can be chosen from. */
const MOST = 1_000;

const LANGUAGES = ['own', 'en', 'de'] as const;

/** The message of a stage that warns, as somebody whom the policy means would get it now. */
export function MessageSection(props: MessageSectionProps) {
  const { say } = useTexts();
  const [open, setOpen] = useState(false);
  const stages = warningStages(props.document);
  if (stages.length === 0) return null;
  return (
    <section className="preview" aria-label={say('editor.messagePreview')}>
      <h3>{say('editor.messagePreview')}</h3>
      {open ? (
        <Chosen {...props} stages={stages} />
      ) : (
        <Button onClick={() => setOpen(true)}>{say('editor.showMessage')}</Button>
      )}
    </section>
  );
}

function Chosen({ text, document, roster, told, stages }: MessageSectionProps & { stages: number[] }) {
  const { say } = useTexts();
  const { locale } = useDesk().viewer;
  const rested = useRested(text);
  const people = useMemo(() => (told ? meantBy(roster, rested) : []), [roster, rested, told]);
  const [account, setAccount] = useState<string>();
  const [stage, setStage] = useState(0);
  const [language, setLanguage] = useState('own');
  const chosen = people.find(({ person }) => person.account === account) ?? people[0];
  const shown = stages.includes(stage) ? stage : (stages[0] ?? 0);
  const own = languagesOf(document, shown);
  if (!chosen) return <p className="preview-note">{say('editor.messageToNobody')}</p>;
  return (
    <>
      <Choice
        label={say('editor.messageTo')}
        value={chosen.person.account}
        options={people.map(({ person }) => ({ value: person.account, label: nameOf(person) }))}
        onChange={setAccount}
      />
      {stages.length > 1 && (
        <Choice
          label={say('editor.messageOf')}
          value={String(shown)}
          options={stages.map((each) => ({ value: String(each), label: say('editor.stage', { number: each + 1 }) }))}
          onChange={(value) => setStage(Number(value))}
        />
      )}
      <Choice
        label={say('editor.messageLanguage')}
        value={language}
        options={[
          ...LANGUAGES.map((value) => ({ value: value, label: say(`editor.language.${value}`) })),
          ...own.map((value) => ({ value, label: languageName(value, locale) })),
        ]}
        onChange={setLanguage}
      />
      <Shown text={rested} stage={shown} chosen={chosen} language={language === 'own' ? null : language} />
    </>
  );
}

interface ShownProps {
  text: string;
  stage: number;
  chosen: PreviewedPerson;
  language: string | null;
}

function Shown({ text, stage, chosen: { person, reason }, language }: ShownProps) {
  const { say } = useTexts();
  const asked = useAnswer<'previewMessage'>({
    command: 'previewMessage',
    message: { document: text, stage, account: person.account, seen: person.lastSeen.at, reason, language },
  });
  return (
    <AskedView asked={asked} what={say('editor.messagePreview')}>
      {(message) => <Message message={message} />}
    </AskedView>
  );
}

function Message({ message: { subject, text, html, reached } }: { message: MessagePreview }) {
  const { say } = useTexts();
  return (
    <>
      {!reached && <p className="preview-warning">{say('editor.messageReachesNot')}</p>}
      <article className="message-preview" aria-label={subject}>
        <strong>{subject}</strong>
        {paragraphsIn(html)}
      </article>
      <details>
        <summary>{say('editor.messageAsText')}</summary>
        <pre className="message-text">{text}</pre>
      </details>
      <p className="preview-note">{say('editor.messageMeaning')}</p>
    </>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: { value: T; label: string }[];
  onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <Select
        inputId={id}
        spacing="compact"
        menuPosition="fixed"
        options={options}
        value={options.find((option) => option.value === value) ?? null}
        onChange={(option) => option && onChange(option.value)}
      />
    </div>
  );
}

/** The languages for which a stage has words of its own, besides those that every message knows. */
function languagesOf(document: JsonObject, at: number): string[] {
  const stage = listOf(document['stages'])[at];
  const template = isObject(stage) ? stage['template'] : undefined;
  const known: readonly string[] = [...LANGUAGES, OTHERS];
  return isObject(template) ? Object.keys(template).filter((language) => !known.includes(language)) : [];
}

const nameOf = ({ name, email, account }: PreviewedPerson['person']): string => name ?? email ?? account;

/** Some of those whom a policy means, each account once, with the reason that a run would give. */
function meantBy(roster: Roster, document: string): PreviewedPerson[] {
  try {
    const { sample } = roster.preview(document, MOST);
    return [...new Map(sample.map((each) => [each.person.account, each])).values()];
  } catch {
    // The check tells what is wrong with it.
    return [];
  }
}

/** The paragraphs of a message with its links, which lead nowhere here. */
const paragraphsIn = (html: string): ReactNode[] =>
  Array.from(new DOMParser().parseFromString(html, 'text/html').querySelectorAll('p'), (paragraph, at) => (
    <p key={at}>
      {Array.from(paragraph.childNodes, (node, place) =>
        node instanceof HTMLElement ? <u key={place}>{node.textContent}</u> : node.textContent,
      )}
    </p>
  ));
