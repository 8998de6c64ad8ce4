import Button from '@atlaskit/button/new';
import { Field, HelperMessage } from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import SectionMessage from '@atlaskit/section-message';
import TextArea from '@atlaskit/textarea';
import { useId, useState, type ChangeEvent } from 'react';
import type { Marked } from '../../gen/types';
import type { Roster } from '../core';
import { DialogBody } from '../shown/dialog';
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
  const file = useId();
  const look = () => {
    const { members, others } = listedIn(text);
    setReport({ marked: roster.mark(LISTED, members.join('\n')), others });
  };
  const read = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.currentTarget.files?.[0];
    if (chosen) void chosen.text().then(setText);
  };
  const found = report?.marked.people ?? 0;
  return (
    <ModalDialog onClose={onClose} width="medium">
      <ModalHeader hasCloseButton>
        <ModalTitle>{say('people.listTitle')}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <DialogBody>
          <p>{say('people.listText')}</p>
          <Field name="list" label={say('people.listLabel')}>
            {({ fieldProps: { id } }) => (
              <>
                <TextArea
                  id={id}
                  value={text}
                  minimumRows={6}
                  maxHeight="220px"
                  spellCheck={false}
                  onChange={(event) => {
                    setText(event.currentTarget.value);
                    setReport(undefined);
                  }}
                />
                <HelperMessage>{say('people.listHelp')}</HelperMessage>
              </>
            )}
          </Field>
          <div className="listed-file">
            <label htmlFor={file}>{say('people.listFile')}</label>
            <input id={file} type="file" accept=".csv,.txt,text/csv,text/plain" onChange={read} />
          </div>
          <div role="status">{report && <ReportView report={report} />}</div>
        </DialogBody>
      </ModalBody>
      <ModalFooter>
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
      </ModalFooter>
    </ModalDialog>
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
