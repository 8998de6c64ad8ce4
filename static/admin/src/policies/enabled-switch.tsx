import Tooltip from '@atlaskit/tooltip';
import type { PolicySummary } from '../../gen/types';
import { useReadOnlyReason } from '../page/desk';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';
import './enabled-switch.css';

interface EnabledSwitchProps {
  policy: PolicySummary;
  busy: boolean;
  onSwitch: (enabled: boolean) => void;
}

/** Whether a policy runs by its schedule. */
export function EnabledSwitch({ policy: { policy, reference }, busy, onSwitch }: EnabledSwitchProps) {
  const { say } = useTexts();
  const readOnly = useReadOnlyReason();
  const label = say('policies.switchOf', { policy: reference.name });
  const field = (
    <input
      type="checkbox"
      role="switch"
      className="enabled-switch"
      checked={policy.enabled}
      disabled={busy || readOnly !== undefined}
      aria-label={readOnly ? `${label} (${readOnly})` : label}
      onChange={({ currentTarget }) => onSwitch(currentTarget.checked)}
    />
  );
  return readOnly ? <Tooltip content={sentence(readOnly)}>{field}</Tooltip> : field;
}
