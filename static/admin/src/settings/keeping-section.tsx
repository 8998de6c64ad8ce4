import { ModalTransition } from '@atlaskit/modal-dialog';
import type { Settings } from '../../gen/types';
import { Facts } from '../shown/facts';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import { useTexts } from '../texts/use-texts';
import { keptText } from './kept-text';
import { KeepingDialog } from './keeping-dialog';

/** For how long the log is kept, and where its head is written down. */
export function KeepingSection({ settings, onChange }: { settings: Settings; onChange: () => void }) {
  const { say } = useTexts();
  const dialog = useDialog(onChange);
  return (
    <Section
      title={say('settings.keeping')}
      actions={<OrderButton onClick={() => dialog.open(true)}>{say('settings.changeLog')}</OrderButton>}
    >
      <Facts
        facts={[
          [say('settings.kept'), keptText(settings.retentionDays, say)],
          [say('settings.headWrittenOn'), settings.anchorIssue ?? say('settings.noIssue')],
        ]}
      />
      <ModalTransition>
        {dialog.about && <KeepingDialog settings={settings} onDone={dialog.done} onClose={dialog.close} />}
      </ModalTransition>
    </Section>
  );
}
