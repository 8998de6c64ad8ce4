import SectionMessage from '@atlaskit/section-message';
import type { Health } from '../../gen/types';
import { Link } from '../shown/link';
import { sentence } from '../shown/sentence';
import type { Route } from './route';
import './health-banner.css';

/** Where in the page to do something about a warning, by its code. */
const PLACES: Partial<Record<string, { route: Route; text: string }>> = {
  'unexplained-changes': { route: { page: 'changes' }, text: 'See the changes' },
  'no-reading': { route: { page: 'known' }, text: 'See what is known' },
  'reading-fails': { route: { page: 'known' }, text: 'See what is known' },
  'exemption-expires': { route: { page: 'exemptions' }, text: 'See the exemptions' },
  'key-expires': { route: { page: 'overview' }, text: 'See the connection' },
  'key-expired': { route: { page: 'overview' }, text: 'See the connection' },
};

/** What the app worries about, in its own words; nothing where all is well. */
export function HealthBanner({ health: { warnings } }: { health: Health }) {
  if (warnings.length === 0) return null;
  return (
    <SectionMessage appearance="warning" title="Seatkeeper needs a look">
      <ul className="health-warnings">
        {warnings.map(({ code, text, hint }) => (
          <li key={`${code} ${text}`}>
            <strong>{sentence(text)}</strong> {sentence(hint)} <Place code={code} />
          </li>
        ))}
      </ul>
    </SectionMessage>
  );
}

function Place({ code }: { code: string }) {
  const place = PLACES[code];
  return place && <Link to={place.route}>{place.text}</Link>;
}
