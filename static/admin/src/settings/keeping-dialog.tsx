import type { Settings } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { FormDialog } from '../shown/form-dialog';
import { NumberQuestion } from '../shown/number-question';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';
import { keptText } from './kept-text';

interface KeepingDialogProps {
  settings: Settings;
  onDone: () => void;
  onClose: () => void;
}

interface Values {
  days?: string;
  issue?: string;
}

/** For how long the log is kept, and where its heads are written down. The core says what it takes. */
export function KeepingDialog({ settings: { retentionDays, anchorIssue }, onDone, onClose }: KeepingDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const change = async ({ days = '', issue = '' }: Values) => {
    const wanted = { days: days.trim() ? Number(days) : null, issue: issue.trim() || null };
    if (wanted.issue !== anchorIssue) {
      if (!(await order.give<'setAnchorIssue'>({ command: 'setAnchorIssue', issue: wanted.issue }))) return;
    }
    if (wanted.days !== retentionDays) {
      if (!(await order.give<'setRetention'>({ command: 'setRetention', days: wanted.days }))) return;
    }
    backend.announce(say('settings.logIsKept', { howLong: keptText(wanted.days, say) }));
    onDone();
  };
  return (
    <FormDialog<Values>
      title={say('settings.keepingTitle')}
      send={say('settings.change')}
      order={order}
      failureTitle={say('settings.notAllChanged')}
      onSend={(values) => void change(values)}
      onClose={onClose}
    >
      <NumberQuestion
        name="days"
        label={say('settings.days')}
        help={say('settings.daysHelp')}
        min={180}
        defaultValue={retentionDays}
      />
      <TextQuestion
        name="issue"
        label={say('settings.anchorIssue')}
        help={say('settings.anchorIssueHelp')}
        placeholder={say('settings.anchorIssueExample')}
        defaultValue={anchorIssue ?? ''}
      />
    </FormDialog>
  );
}
