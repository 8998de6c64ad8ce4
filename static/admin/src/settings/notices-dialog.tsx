import { useState } from 'react';
import type { GiveBack, Notices } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { RadioField } from '../people/radio-field';
import { FormDialog } from '../shown/form-dialog';
import { NumberQuestion } from '../shown/number-question';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';
import { backText } from './back-text';

interface NoticesDialogProps {
  notices: Notices | undefined;
  onDone: () => void;
  onClose: () => void;
}

interface Values {
  issue: string;
  contact?: string;
  mostWarned: string;
  keepDays?: string;
  keepTimes?: string;
}

/** What is proposed where nothing is said yet. */
const USUALLY_WARNED = 250;
const USUALLY_KEPT = 90;

const WAYS: readonly (GiveBack | null)[] = [null, 'restore', 'ask'];

/** The issue that Jira sends mail about, whom people can ask, how many are warned without a release, and what links do. */
export function NoticesDialog({ notices, onDone, onClose }: NoticesDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const [giveBack, setGiveBack] = useState(notices?.giveBack ?? null);
  const set = async (wanted: Notices | null) => {
    if (!(await order.give<'setNotices'>({ command: 'setNotices', notices: wanted }))) return;
    backend.announce(
      wanted ? say('settings.noticesFrom', { issue: wanted.issue }) : say('settings.noticesFromNowhere'),
    );
    onDone();
  };
  const save = ({ issue, contact = '', mostWarned, keepDays = '', keepTimes = '' }: Values) =>
    set({
      issue: issue.trim(),
      contact: contact.trim() || null,
      mostWarned: Number(mostWarned),
      keepDays: keepDays.trim() ? Number(keepDays) : null,
      keepTimes: keepTimes.trim() ? Number(keepTimes) : null,
      giveBack,
      reports: notices?.reports ?? null,
    });
  return (
    <FormDialog<Values>
      title={say('settings.notices')}
      send={say('settings.save')}
      instead={notices && { text: say('settings.withoutNotices'), onSend: () => void set(null) }}
      order={order}
      onSend={(values) => void save(values)}
      onClose={onClose}
    >
      <TextQuestion
        name="issue"
        label={say('settings.noticeIssue')}
        help={say('settings.noticeIssueHelp')}
        placeholder={say('settings.noticeIssueExample')}
        missing={say('shown.fillIn')}
        maxLength={60}
        defaultValue={notices?.issue ?? ''}
      />
      <TextQuestion
        name="contact"
        label={say('settings.noticeContact')}
        help={say('settings.noticeContactHelp')}
        maxLength={200}
        defaultValue={notices?.contact ?? ''}
      />
      <NumberQuestion
        name="mostWarned"
        label={say('settings.mostWarned')}
        help={say('settings.mostWarnedHelp')}
        isRequired
        min={1}
        max={100_000}
        defaultValue={notices?.mostWarned ?? USUALLY_WARNED}
      />
      <NumberQuestion
        name="keepDays"
        label={say('settings.keepDays')}
        help={say('settings.keepDaysHelp')}
        min={1}
        max={730}
        defaultValue={notices ? notices.keepDays : USUALLY_KEPT}
      />
      <NumberQuestion
        name="keepTimes"
        label={say('settings.keepTimes')}
        help={say('settings.keepTimesHelp')}
        min={1}
        max={730}
        defaultValue={notices?.keepTimes ?? null}
      />
      <RadioField
        name="giveBack"
        label={say('settings.backLink')}
        value={giveBack ?? 'none'}
        choices={WAYS.map((way) => [way ?? 'none', backText(way, say)] as const)}
        onChange={(way) => setGiveBack(way === 'none' ? null : way)}
      />
      <p>{say('settings.backHelp')}</p>
    </FormDialog>
  );
}
