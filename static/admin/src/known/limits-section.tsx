import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { CoverageLimits } from '../../gen/types';
import { Facts } from '../shown/facts';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { LimitsDialog } from './limits-dialog';

/** What a reading must hold for runs to act on it. */
export function LimitsSection({ limits, onChange }: { limits: CoverageLimits; onChange: () => void }) {
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const changed = () => {
    close();
    onChange();
  };
  return (
    <Section
      title="When a reading may be acted on"
      actions={<OrderButton onClick={() => setAsking(true)}>Change limits</OrderButton>}
    >
      <Facts
        facts={[
          ['People listed', `at least ${limits.usersPercent} % of those whom Atlassian counts`],
          ['Deciding activity known', `at least ${limits.activityPercent} %`],
          ['Idle people', `at most ${limits.jumpPoints} points more of the active people than the day before`],
        ]}
      />
      <ModalTransition>
        {asking && <LimitsDialog limits={limits} onChanged={changed} onClose={close} />}
      </ModalTransition>
    </Section>
  );
}
