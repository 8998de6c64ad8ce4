import type { PolicySummary } from '../../gen/types';
import { Link } from '../shown/link';
import { useTexts } from '../texts/use-texts';
import './used-by.css';

/** The policies that rest on something; nothing is known of them before they are loaded. */
export function UsedBy({ policies }: { policies: readonly PolicySummary[] | undefined }) {
  const { say } = useTexts();
  if (!policies) return <>{say('settings.usedByNotKnown')}</>;
  if (policies.length === 0) return <>{say('settings.usedByNone')}</>;
  return (
    <ul className="used-by">
      {policies.map(({ reference: { id, name } }) => (
        <li key={id}>
          <Link to={{ page: 'policy', id }}>{name}</Link>
        </li>
      ))}
    </ul>
  );
}
