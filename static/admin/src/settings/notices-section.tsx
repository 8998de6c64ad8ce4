import { ModalTransition } from '@atlaskit/modal-dialog';
import type { Settings } from '../../gen/types';
import { Facts } from '../shown/facts';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import { useTexts } from '../texts/use-texts';
import { backText } from './back-text';
import { browsesText } from './browses-text';
import { keepText } from './keep-text';
import { NoticesDialog } from './notices-dialog';
import { restoredText } from './restored-text';

/** How people are written to: without it no policy can warn anybody. */
export function NoticesSection({ settings: { notices }, onChange }: { settings: Settings; onChange: () => void }) {
  const { say, number } = useTexts();
  const dialog = useDialog(onChange);
  return (
    <Section
      title={say('settings.notices')}
      actions={<OrderButton onClick={() => dialog.open(true)}>{say('settings.changeNotices')}</OrderButton>}
    >
      <p>{say('settings.noticesText')}</p>
      <Facts
        facts={[
          [say('settings.noticeIssue'), notices?.issue ?? say('settings.noNotices')],
          [say('settings.browses'), notices ? browsesText(notices, say) : '–'],
          [say('settings.noticeContact'), notices?.contact ?? say('settings.noContact')],
          [
            say('settings.mostWarned'),
            notices ? say('settings.mostWarnedText', { people: number(notices.mostWarned) }) : '–',
          ],
          [say('settings.keepLink'), notices ? keepText(notices, say) : '–'],
          [say('settings.backLink'), notices ? backText(notices.giveBack, say) : '–'],
          [say('settings.tellRestored'), notices ? restoredText(notices, say) : '–'],
        ]}
      />
      <ModalTransition>
        {dialog.about && <NoticesDialog notices={notices ?? undefined} onDone={dialog.done} onClose={dialog.close} />}
      </ModalTransition>
    </Section>
  );
}
