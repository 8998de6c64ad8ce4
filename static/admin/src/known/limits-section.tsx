import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { CoverageLimits } from '../../gen/types';
import { Facts } from '../shown/facts';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { LimitsDialog } from './limits-dialog';
import { useTexts } from '../texts/use-texts';

/** What a reading must hold for runs to act on it. */
export function LimitsSection({ limits, onChange }: { limits: CoverageLimits; onChange: () => void }) {
  const { say } = useTexts();
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const changed = () => {
    close();
    onChange();
  };
  return (
    <Section
      title={say('known.limits')}
      actions={<OrderButton onClick={() => setAsking(true)}>{say('known.changeLimits')}</OrderButton>}
    >
      <Facts
        facts={[
          [say('known.limitUsers'), say('known.limitUsersText', { percent: limits.usersPercent })],
          [say('known.limitActivity'), say('known.limitActivityText', { percent: limits.activityPercent })],
          [say('known.limitJump'), say('known.limitJumpText', { points: limits.jumpPoints })],
        ]}
      />
      <ModalTransition>
        {asking && <LimitsDialog limits={limits} onChanged={changed} onClose={close} />}
      </ModalTransition>
    </Section>
  );
}
