import SectionMessage from '@atlaskit/section-message';
import type { Health } from '../../gen/types';
import { sentence } from '../shown/sentence';
import './health-banner.css';

/** What the app worries about, in its own words; nothing where all is well. */
export function HealthBanner({ health: { warnings } }: { health: Health }) {
  if (warnings.length === 0) return null;
  return (
    <SectionMessage appearance="warning" title="Seatkeeper needs a look">
      <ul className="health-warnings">
        {warnings.map(({ code, text, hint }) => (
          <li key={`${code} ${text}`}>
            <strong>{sentence(text)}</strong> {sentence(hint)}
          </li>
        ))}
      </ul>
    </SectionMessage>
  );
}
