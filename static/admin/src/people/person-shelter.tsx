import type { Exemption, RosterPanel } from '../../gen/types';
import { Link } from '../shown/link';
import { Section } from '../shown/section';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';
import type { Shelters } from './use-shelters';

interface PersonShelterProps {
  panel: RosterPanel;
  shelters: Shelters | undefined;
}

/** Whether and why somebody is spared. */
export function PersonShelter({ panel, shelters }: PersonShelterProps) {
  const { say } = useTexts();
  if (!shelters) return null;
  const protection = shelters.protectedBy.get(panel.account);
  const exemptions = shelters.exemptions.filter((exemption) => !exemption.expired && names(exemption, panel));
  return (
    <Section title={say('people.spared')}>
      {shelters.failure && <p>{say('people.sheltersNotKnown')}</p>}
      {!shelters.failure && !protection && exemptions.length === 0 && <p>{say('people.notSpared')}</p>}
      <ul className="person-list">
        {protection && (
          <li>
            <strong>{say('people.shelter.protected')}</strong>
            <span>{sentence(protection)}</span>
          </li>
        )}
        {exemptions.map(({ name, reason, policies, added }) => (
          <li key={`${reason} ${added.at}`}>
            <strong>{say('people.shelter.exempt')}</strong>
            <span>{sentence(reason)}</span>
            {name && <span className="person-note">{name}</span>}
            {policies.length > 0 && (
              <span className="person-note">{say('exemptions.onlyFor', { policies: policies.join(', ') })}</span>
            )}
          </li>
        ))}
      </ul>
      <Link to={{ page: 'exemptions' }}>{say('people.allExemptions')}</Link>
    </Section>
  );
}

/** Exemptions that name the account or one of the groups; whom patterns mean is shown on their own page. */
function names({ subject }: Exemption, { account, listings }: RosterPanel): boolean {
  if (subject.kind === 'user') return subject.account === account;
  if (subject.kind !== 'group') return false;
  return listings.some(({ groups }) => groups?.some(({ id }) => id === subject.group));
}
