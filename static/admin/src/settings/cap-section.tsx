import { ModalTransition } from '@atlaskit/modal-dialog';
import type { Settings } from '../../gen/types';
import { Account } from '../shown/account';
import { Facts } from '../shown/facts';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import { useTexts } from '../texts/use-texts';
import { CapDialog } from './cap-dialog';

/** The organization's cap over all policies. */
export function CapSection({ settings, onChange }: { settings: Settings; onChange: () => void }) {
  const { say, show } = useTexts();
  const dialog = useDialog(onChange);
  const { percentPerDay, limitsEdited } = settings;
  return (
    <Section
      title={say('settings.safety')}
      actions={<OrderButton onClick={() => dialog.open(true)}>{say('settings.changeCap')}</OrderButton>}
    >
      <Facts
        facts={[
          [say('settings.cap'), say('settings.capText', { percent: percentPerDay })],
          [
            say('settings.capChanged'),
            limitsEdited ? (
              <span>
                {show('shown.doneBy', {
                  when: <Moment at={limitsEdited.at} />,
                  who: <Account id={limitsEdited.by} />,
                })}
              </span>
            ) : (
              say('settings.never')
            ),
          ],
        ]}
      />
      <ModalTransition>
        {dialog.about && <CapDialog percent={percentPerDay} onDone={dialog.done} onClose={dialog.close} />}
      </ModalTransition>
    </Section>
  );
}
