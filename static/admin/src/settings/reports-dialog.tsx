import type { Notices, ReportWhen, Reports, Roles } from '../../gen/types';
import { useState } from 'react';
import { useOrder } from '../asking/use-order';
import type { GroupOption } from '../exemptions/use-group-search';
import { useDesk } from '../page/desk';
import { PeopleField } from '../people/people-field';
import { RadioField } from '../people/radio-field';
import type { PersonOption } from '../people/use-people-search';
import { Checkbox } from '../shown/checkbox';
import { FormDialog } from '../shown/form-dialog';
import { NumberQuestion } from '../shown/number-question';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';
import { GroupsQuestion } from './groups-question';
import { reportsOf } from './reports-text';
import { isShare } from './share-answer';

interface ReportsDialogProps {
  notices: Notices;
  roles: Roles;
  onDone: () => void;
  onClose: () => void;
}

interface Values {
  groups?: readonly GroupOption[];
  people?: readonly PersonOption[];
  seatsPercent?: string;
  seatsUsed?: string;
}

type How = 'mail' | 'comment' | 'both';

/** The core refuses more. */
const MOST_GROUPS = 10;
const MOST_SEATS = 1_000_000;

const HOW: readonly How[] = ['mail', 'comment', 'both'];
const RUNS: readonly ReportWhen[] = ['changes', 'always', 'problems'];

/** Who among the administrators is told, and of what. The other settings of messages stay as they are. */
export function ReportsDialog({ notices, roles, onDone, onClose }: ReportsDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const before = reportsOf(notices, roles);
  const [how, setHow] = useState<How>(howBefore(before));
  const [runs, setRuns] = useState(before.runs);
  const [digest, setDigest] = useState(before.digest);
  const [anchor, setAnchor] = useState(before.anchor);
  const [seatsForecast, setSeatsForecast] = useState(before.seatsForecast ?? true);
  const set = async (reports: Reports) => {
    if (!(await order.give<'setNotices'>({ command: 'setNotices', notices: { ...notices, reports } }))) return;
    backend.announce(say('reports.saved'));
    onDone();
  };
  const save = ({ groups, people, seatsPercent = '', seatsUsed = '' }: Values) =>
    set({
      // Neither is asked where the issue gets a comment: both are kept for when mail is chosen again.
      groups: groups?.map(({ value, label }) => ({ id: value, name: label })) ?? before.groups,
      people: people?.map(({ value }) => value) ?? before.people ?? [],
      asComment: how !== 'mail',
      alsoMail: how === 'both',
      runs,
      seatsPercent: seatsPercent.trim() ? Number(seatsPercent) : null,
      ...(seatsUsed.trim() ? { seatsUsed: Number(seatsUsed) } : {}),
      seatThresholds: before.seatThresholds ?? [],
      seatsForecast,
      digest,
      anchor,
    });
  return (
    <FormDialog<Values>
      title={say('reports.title')}
      send={say('settings.save')}
      // Nothing said would mean those who may approve.
      instead={{ text: say('reports.toNobody'), onSend: () => void set(toNobody(before)) }}
      order={order}
      onSend={(values) => void save(values)}
      onClose={onClose}
    >
      <RadioField
        name="how"
        label={say('reports.how')}
        value={how}
        choices={HOW.map((each) => [each, say(`reports.how.${each}`)] as const)}
        onChange={setHow}
      />
      {how !== 'comment' && (
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
      <NumberQuestion
        name="seatsUsed"
        label={say('reports.seatsUsed')}
        help={say('reports.seatsUsedHelp')}
        min={1}
        max={MOST_SEATS}
        defaultValue={before.seatsUsed ?? null}
      />
      <Checkbox
        label={say('reports.forecastQuestion')}
        help={say('reports.forecastHelp')}
        checked={seatsForecast}
        onChange={setSeatsForecast}
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

const howBefore = ({ asComment, alsoMail }: Reports): How => {
  if (!asComment) return 'mail';
  return alsoMail ? 'both' : 'comment';
};

const toNobody = (reports: Reports): Reports => ({
  ...reports,
  groups: [],
  people: [],
  asComment: false,
  alsoMail: false,
});
