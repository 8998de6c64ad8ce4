import { useState } from 'react';
import type { Notices } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { Checkbox } from '../shown/checkbox';
import { FormDialog } from '../shown/form-dialog';
import { NumberQuestion } from '../shown/number-question';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';
import { isBrowsed } from './browses-text';
import { LinkQuestions, linkRules, type LinkValues } from './link-questions';
import { NoticeIssueQuestion } from './notice-issue-question';
import { projectOf } from './project-of';
import { shownWords, storedWords } from './restored-words';
import { RestoredWordsQuestion } from './restored-words-question';

interface NoticesDialogProps {
  notices: Notices | undefined;
  onDone: () => void;
  onClose: () => void;
}

interface Values extends LinkValues {
  issue: string;
  contact?: string;
  mostWarned: string;
}

/** What is proposed where nothing is said yet. */
const USUALLY_WARNED = 250;
const USUALLY_KEPT = 90;

/** The issue that Jira sends mail about, whom people can ask, how many are warned without a release, and what links do. */
export function NoticesDialog({ notices, onDone, onClose }: NoticesDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const [giveBack, setGiveBack] = useState(notices?.giveBack ?? null);
  const [confirmed, setConfirmed] = useState(notices && isBrowsed(notices) ? projectOf(notices.issue) : undefined);
  const set = async (wanted: Notices | null) => {
    const saved = await order.give<'setNotices'>({ command: 'setNotices', notices: wanted });
    if (!saved) return;
    backend.announce(
      wanted ? say('settings.noticesFrom', { issue: wanted.issue }) : say('settings.noticesFromNowhere'),
      saved.notChecked && say('settings.notChecked', { why: saved.notChecked }),
    );
    onDone();
  };
  const [tellRestored, setTellRestored] = useState(notices?.tellRestored ?? false);
  const [words, setWords] = useState(shownWords(notices ?? {}));
  const save = ({ issue, contact = '', mostWarned, ...links }: Values) =>
    set({
      ...linkRules(links, giveBack),
      issue: issue.trim(),
      everybodyBrowses: confirmed === projectOf(issue),
      contact: contact.trim() || null,
      mostWarned: Number(mostWarned),
      reports: notices?.reports ?? null,
      policies: notices?.policies ?? [],
      tellRestored,
      restoredWords: storedWords(words),
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
      <NoticeIssueQuestion defaultValue={notices?.issue ?? ''} confirmed={confirmed} onConfirm={setConfirmed} />
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
      <LinkQuestions
        before={notices ?? { keepDays: USUALLY_KEPT, keepTimes: null, giveBack: null }}
        giveBack={giveBack}
        onGiveBack={setGiveBack}
      />
      <Checkbox
        label={say('settings.tellRestored')}
        help={say('settings.tellRestoredHelp')}
        checked={tellRestored}
        onChange={setTellRestored}
      />
      {tellRestored && <RestoredWordsQuestion value={words} onChange={setWords} />}
    </FormDialog>
  );
}
