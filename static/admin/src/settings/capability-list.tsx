import Lozenge from '@atlaskit/lozenge';
import type { Capability } from '../../gen/types';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';
import './capability-list.css';

/** What the key was seen to allow when it was saved, and why the rest stays impossible. */
export function CapabilityList({ capabilities }: { capabilities: Capability[] }) {
  const { say } = useTexts();
  if (capabilities.length === 0) return <p>{say('settings.notTriedWhenSaved')}</p>;
  return (
    <ul className="capabilities" aria-label={say('settings.keyAllows')}>
      {capabilities.map(({ ability, allowed, why }) => (
        <li key={ability}>
          <Verdict allowed={allowed} />
          <span>
            {say(`settings.ability.${ability}`)}
            {why && <span className="capability-why">{sentence(why)}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Verdict({ allowed }: { allowed: boolean | null }) {
  const { say } = useTexts();
  if (allowed === null) return <Lozenge>{say('settings.notTried')}</Lozenge>;
  return (
    <Lozenge appearance={allowed ? 'success' : 'removed'}>
      {say(allowed ? 'settings.allowed' : 'settings.impossible')}
    </Lozenge>
  );
}
