import { useMemo } from 'react';
import type { RosterPanel } from '../../gen/types';
import type { Roster } from '../core';
import { nameOf } from '../exemptions/subject';
import { Link } from '../shown/link';
import { Section } from '../shown/section';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';
import { shelteringOf, type Sheltering } from './exempt-people';
import type { Shelters } from './use-shelters';

interface PersonShelterProps {
  roster: Roster;
  panel: RosterPanel;
  shelters: Shelters | undefined;
}

/** Whether and why somebody is spared. */
export function PersonShelter({ roster, panel, shelters }: PersonShelterProps) {
  const { say } = useTexts();
  const sheltering = useMemo(() => foundFor(roster, panel, shelters), [roster, panel, shelters]);
  if (!shelters) return null;
  const protection = shelters.protectedBy.get(panel.account);
  const isKnown = !shelters.failure && sheltering !== undefined;
  return (
    <Section title={say('people.spared')}>
      {!isKnown && <p>{say('people.sheltersNotKnown')}</p>}
      {isKnown && !protection && sheltering.length === 0 && <p>{say('people.notSpared')}</p>}
      <ul className="person-list">
        {protection && (
          <li>
            <strong>{say('people.shelter.protected')}</strong>
            <span>{sentence(protection)}</span>
          </li>
        )}
        {sheltering?.map(({ exemption, isDecided }) => (
          <li key={JSON.stringify(exemption.subject)}>
            <strong>{say(isDecided ? 'people.shelter.exempt' : 'people.perhapsExempt')}</strong>
            <span>{sentence(exemption.reason)}</span>
            {exemption.subject.kind !== 'user' && (
              <span className="person-note">
                {say('people.shelteredBy', {
                  kind: say(`exemptions.kind.${exemption.subject.kind}`),
                  subject: nameOf(exemption),
                })}
              </span>
            )}
            {!isDecided && <span className="person-note">{say('people.undecidedShelters')}</span>}
            {exemption.policies.length > 0 && (
              <span className="person-note">
                {say('exemptions.onlyFor', { policies: exemption.policies.join(', ') })}
              </span>
            )}
          </li>
        ))}
      </ul>
      <Link to={{ page: 'exemptions' }}>{say('people.allExemptions')}</Link>
    </Section>
  );
}

/** `undefined` where the core could not decide it. */
function foundFor(roster: Roster, panel: RosterPanel, shelters: Shelters | undefined): Sheltering[] | undefined {
  try {
    return shelteringOf(roster, shelters?.exemptions ?? [], panel);
  } catch {
    return undefined;
  }
}
