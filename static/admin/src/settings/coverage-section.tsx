import { ModalTransition } from '@atlaskit/modal-dialog';
import type { CoverageLimits } from '../../gen/types';
import { Facts } from '../shown/facts';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import { CoverageDialog } from './coverage-dialog';
import { useTexts } from '../texts/use-texts';

/** What a reading must hold for runs to act on it. */
export function CoverageSection({ limits, onChange }: { limits: CoverageLimits; onChange: () => void }) {
  const { say } = useTexts();
  const dialog = useDialog(onChange);
  return (
    <Section
      title={say('settings.limits')}
      actions={<OrderButton onClick={() => dialog.open(true)}>{say('settings.changeLimits')}</OrderButton>}
    >
      <Facts
        facts={[
          [say('settings.limitUsers'), say('settings.limitUsersText', { percent: limits.usersPercent })],
          [say('settings.limitActivity'), say('settings.limitActivityText', { percent: limits.activityPercent })],
          [say('settings.limitJump'), say('settings.limitJumpText', { points: limits.jumpPoints })],
        ]}
      />
      <ModalTransition>
        {dialog.about && <CoverageDialog limits={limits} onChanged={dialog.done} onClose={dialog.close} />}
      </ModalTransition>
    </Section>
  );
}
