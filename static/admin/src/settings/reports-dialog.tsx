import type { Notices, ReportWhen, Reports } from '../../gen/types';
import { useState } from 'react';
import { useOrder } from '../asking/use-order';
import type { GroupOption } from '../exemptions/use-group-search';
import { useDesk } from '../page/desk';
import { PeopleField } from '../people/people-field';
import { RadioField } from '../people/radio-field';
import type { PersonOption } from '../people/use-people-search';
import { Checkbox } from '../shown/checkbox';
import { FormDialog } from '../shown/form-dialog';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';
import { GroupsQuestion } from './groups-question';
import { USUAL_REPORTS } from './reports-text';

interface ReportsDialogProps {
  notices: Notices;
  onDone: () => void;
  onClose: () => void;
}

interface Values {
  groups?: readonly GroupOption[];
  people?: readonly PersonOption[];
  seatsPercent?: string;
}

/** The core refuses more. */
const MOST_GROUPS = 10;

const RUNS: readonly ReportWhen[] = ['changes', 'always', 'problems'];

/** Who among the administrators is told, and of what. The other settings of messages stay as they are. */
export function ReportsDialog({ notices, onDone, onClose }: ReportsDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const before = notices.reports ?? USUAL_REPORTS;
  const [asComment, setAsComment] = useState(before.asComment);
  const [runs, setRuns] = useState(before.runs);
  const [digest, setDigest] = useState(before.digest);
  const [anchor, setAnchor] = useState(before.anchor);
  const set = async (reports: Reports | null) => {
    if (!(await order.give<'setNotices'>({ command: 'setNotices', notices: { ...notices, reports } }))) return;
    backend.announce(say('reports.saved'));
    onDone();
  };
  const save = ({ groups, people, seatsPercent = '' }: Values) =>
    set({
      // Neither is asked where the issue gets a comment: both are kept for when mail is chosen again.
      groups: groups?.map(({ value, label }) => ({ id: value, name: label })) ?? before.groups,
      people: people?.map(({ value }) => value) ?? before.people ?? [],
      asComment,
      runs,
      seatsPercent: seatsPercent.trim() ? Number(seatsPercent) : null,
      digest,
      anchor,
    });
  return (
    <FormDialog<Values>
      title={say('reports.title')}
      send={say('settings.save')}
      instead={notices.reports && { text: say('reports.toNobody'), onSend: () => void set(null) }}
      order={order}
      onSend={(values) => void save(values)}
      onClose={onClose}
    >
      <RadioField
        name="how"
        label={say('reports.how')}
        value={asComment ? 'comment' : 'mail'}
        choices={[
          ['mail', say('reports.how.mail')],
          ['comment', say('reports.how.comment')],
        ]}
        onChange={(how) => setAsComment(how === 'comment')}
      />
      {!asComment && (
        <>
          <GroupsQuestion
            name="groups"
            label={say('reports.groups')}
            help={say('reports.groupsHelp')}
            most={MOST_GROUPS}
            tooMany={say('reports.tooManyGroups')}
            defaultValue={before.groups.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <PeopleField
            name="people"
            label={say('reports.people')}
            help={say('reports.peopleHelp')}
            defaultValue={before.people ?? []}
          />
        </>
      )}
      <RadioField
        name="runs"
        label={say('reports.runs')}
        value={runs}
        choices={RUNS.map((each) => [each, say(`reports.runs.${each}`)] as const)}
        onChange={setRuns}
      />
      <p>{say('reports.runsHelp')}</p>
      <TextQuestion
        name="seatsPercent"
        label={say('reports.seatsPercent')}
        help={say('reports.seatsHelp')}
        form={{ fits: isShare, wrong: say('reports.seatsWrong') }}
        maxLength={3}
        defaultValue={String(before.seatsPercent ?? '')}
      />
      <Checkbox
        label={say('reports.digestQuestion')}
        help={say('reports.digestHelp')}
        checked={digest}
        onChange={setDigest}
      />
      <Checkbox
        label={say('reports.anchorQuestion')}
        help={say('reports.anchorHelp')}
        checked={anchor}
        onChange={setAnchor}
      />
    </FormDialog>
  );
}

/** Whether a share of the seats is said, or nothing. */
const isShare = (text: string): boolean => text === '' || /^([5-9]\d|100)$/.test(text);
