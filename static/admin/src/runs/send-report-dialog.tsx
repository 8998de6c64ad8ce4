import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { ReportSent, Run } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import type { GroupOption } from '../exemptions/use-group-search';
import { messageText } from '../news/message-text';
import { useDesk } from '../page/desk';
import { PeopleField } from '../people/people-field';
import type { PersonOption } from '../people/use-people-search';
import { GroupsQuestion } from '../settings/groups-question';
import { FormDialog } from '../shown/form-dialog';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';
import { runName } from './run-name';

interface SendReportDialogProps {
  run: Run;
  /** The hash of the evidence bundle that this page made of the run as it is. */
  bundle: string | undefined;
  onClose: () => void;
}

interface Values {
  people?: readonly PersonOption[];
  groups?: readonly GroupOption[];
  note?: string;
}

/** The core refuses more. */
const MOST_GROUPS = 10;

/** To whom the report of a run goes now, and what is said to it. */
export function SendReportDialog({ run, bundle, onClose }: SendReportDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const [press, setPress] = useState(() => crypto.randomUUID());
  const [missed, setMissed] = useState<ReportSent>();
  const [toNobody, setToNobody] = useState(false);

  const send = async ({ people = [], groups = [], note = '' }: Values) => {
    setMissed(undefined);
    setToNobody(people.length === 0 && groups.length === 0);
    if (people.length === 0 && groups.length === 0) return;
    const sent = await order.give<'sendReport'>({
      command: 'sendReport',
      run: run.id,
      report: {
        people: people.map(({ value }) => value),
        groups: groups.map(({ value, label }) => ({ id: value, name: label })),
        note: note.trim() || null,
        bundle: bundle ?? null,
        press,
      },
    });
    // Without an answer the same press is asked for again: whatever became of it is told then.
    if (!sent) return;
    if (sent.message === 'sent') {
      backend.announce(say('reports.sent'), runName(run, say));
      onClose();
      return;
    }
    setMissed(sent);
    if (sent.message !== 'trying') setPress(crypto.randomUUID());
  };

  return (
    <FormDialog<Values>
      title={say('reports.sendTitle')}
      send={say('reports.sendNow')}
      order={order}
      failureTitle={say('reports.notSent')}
      onSend={(values) => void send(values)}
      onClose={onClose}
    >
      <p>{say('reports.sendMeaning')}</p>
      <PeopleField
        name="people"
        label={say('reports.people')}
        help={say('reports.peopleHelp')}
        onChange={() => setToNobody(false)}
      />
      <GroupsQuestion
        name="groups"
        label={say('reports.groups')}
        help={say('reports.sendGroupsHelp')}
        most={MOST_GROUPS}
        tooMany={say('reports.tooManyGroups')}
        defaultValue={[]}
        onChange={() => setToNobody(false)}
      />
      <TextQuestion name="note" label={say('reports.note')} help={say('reports.noteHelp')} maxLength={500} />
      <p>{say(bundle ? 'reports.withBundle' : 'reports.withoutBundle')}</p>
      <div role="status">
        {toNobody && (
          <SectionMessage appearance="warning">
            <p>{say('reports.sayToWhom')}</p>
          </SectionMessage>
        )}
        {missed && (
          <SectionMessage appearance="warning" title={say('reports.notSent')}>
            <p>{messageText(missed, say)}</p>
          </SectionMessage>
        )}
      </div>
    </FormDialog>
  );
}
