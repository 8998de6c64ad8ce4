import SectionMessage from '@atlaskit/section-message';
import type { Health } from '../../gen/types';
import { Link } from '../shown/link';
import { sentence } from '../shown/sentence';
import type { PlainKey } from '../texts/catalogue';
import { useTexts } from '../texts/use-texts';
import type { Route } from './route';
import './health-banner.css';

/** Where in the page to do something about a warning, by its code. */
const PLACES: Partial<Record<string, { route: Route; text: PlainKey }>> = {
  'unexplained-changes': { route: { page: 'changes' }, text: 'page.seeChanges' },
  'no-reading': { route: { page: 'known' }, text: 'page.seeKnown' },
  'reading-fails': { route: { page: 'known' }, text: 'page.seeKnown' },
  'exemption-expires': { route: { page: 'exemptions' }, text: 'page.seeExemptions' },
  'key-expires': { route: { page: 'settings' }, text: 'page.seeConnection' },
  'key-expired': { route: { page: 'settings' }, text: 'page.seeConnection' },
};

/** What the app worries about, in its own words; nothing where all is well. */
export function HealthBanner({ health: { warnings } }: { health: Health }) {
  const { say } = useTexts();
  if (warnings.length === 0) return null;
  return (
    <SectionMessage appearance="warning" title={say('page.needsALook')}>
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
  const { say } = useTexts();
  const place = PLACES[code];
  return place && <Link to={place.route}>{say(place.text)}</Link>;
}
