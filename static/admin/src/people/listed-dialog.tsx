import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { Marked } from '../../gen/types';
import type { Roster } from '../core';
import { PeopleQuestion } from '../shown/people-question';
import { PlainDialog } from '../shown/plain-dialog';
import { useTexts } from '../texts/use-texts';
import { listedIn } from './listed';
import { LISTED } from './query';
import './listed-dialog.css';

interface ListedDialogProps {
  roster: Roster;
  /** The list is known to the core now: shows those who are on it, or chooses them all. */
  onListed: (choose: boolean) => void;
  onClose: () => void;
}

/** What became of a list. */
interface Report {
  marked: Marked;
  others: number;
}

/** Finds the people of a pasted or uploaded list, and says who on it is nobody. */
export function ListedDialog({ roster, onListed, onClose }: ListedDialogProps) {
  const { say } = useTexts();
  const [text, setText] = useState('');
  const [report, setReport] = useState<Report>();
  const look = () => {
    const { members, others } = listedIn(text);
    setReport({ marked: roster.mark(LISTED, members.join('\n')), others });
  };
  const found = report?.marked.people ?? 0;
  return (
    <PlainDialog
      title={say('people.listTitle')}
      buttons={
        <>
          <Button appearance="subtle" onClick={onClose}>
            {say('shown.cancel')}
          </Button>
          {found > 0 ? (
            <>
              <Button onClick={() => onListed(false)}>{say('people.showListed')}</Button>
              <Button appearance="primary" onClick={() => onListed(true)}>
                {say('people.chooseListed')}
              </Button>
            </>
          ) : (
            <Button appearance="primary" isDisabled={text.trim() === ''} onClick={look}>
              {say('people.findListed')}
            </Button>
          )}
        </>
      }
      onClose={onClose}
    >
      <p>{say('people.listText')}</p>
      <PeopleQuestion
        text={text}
        onText={(given) => {
          setText(given);
          setReport(undefined);
        }}
      />
      <div role="status">{report && <ReportView report={report} />}</div>
    </PlainDialog>
  );
}

function ReportView({ report: { marked, others } }: { report: Report }) {
  const { say } = useTexts();
  const { people, given, missing, notFound } = marked;
  return (
    <SectionMessage
      appearance={missing > 0 ? 'warning' : people > 0 ? 'success' : 'information'}
      title={say('people.listFound', { people: say('people.count', { count: people }), count: given })}
    >
      {others > 0 && <p>{say('people.listOthers', { count: others })}</p>}
      {missing > 0 && (
        <>
          <p>{say('people.listMissing', { count: missing })}</p>
          {/* A long list can be scrolled with the keyboard. */}
          <ul className="listed-missing" tabIndex={0} aria-label={say('people.notFound')}>
            {notFound.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </>
      )}
    </SectionMessage>
  );
}
