import { ModalTransition } from '@atlaskit/modal-dialog';
import type { Protect } from '../../gen/types';
import { Facts } from '../shown/facts';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import { useTexts } from '../texts/use-texts';
import { ProtectionsDialog } from './protections-dialog';

/** Who is protected besides those who always are. */
export function ProtectionsSection({ protect, onChange }: { protect: Protect; onChange: () => void }) {
  const { say } = useTexts();
  const dialog = useDialog(onChange);
  const isOn = (on: boolean) => say(on ? 'settings.isProtected' : 'settings.notProtected');
  const { tokensUsedWithinDays: days } = protect;
  return (
    <Section
      title={say('settings.protections')}
      actions={<OrderButton onClick={() => dialog.open(true)}>{say('settings.changeProtections')}</OrderButton>}
    >
      <p>{say('settings.protectionsText')}</p>
      <Facts
        facts={[
          [
            say('settings.tokens'),
            days === null ? say('settings.notProtected') : say('settings.tokensWithin', { count: days }),
          ],
          [say('settings.projectLeads'), isOn(protect.projectLeads)],
          [say('settings.defaultAssignees'), isOn(protect.defaultAssignees)],
          [say('settings.filterOwners'), isOn(protect.filterOwners)],
        ]}
      />
      <ModalTransition>
        {dialog.about && <ProtectionsDialog protect={protect} onDone={dialog.done} onClose={dialog.close} />}
      </ModalTransition>
    </Section>
  );
}
