import type { ReactNode } from 'react';
import type { RosterListing, RosterPanel, Source } from '../../gen/types';
import { Facts } from '../shown/facts';
import { Day, Moment } from '../shown/moment';
import { Section } from '../shown/section';
import type { Texts } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { StatusLozenge } from './columns';
import { useDirectoryName, useSeveralDirectories } from './directory-names';
import { profileFieldName } from './profile-field-name';

interface PersonIdentityProps {
  panel: RosterPanel;
  /** Where everybody comes from. */
  source: Source;
}

/** Who somebody is, as each directory that lists them says. */
export function PersonIdentity({ panel: { account, listings, read }, source }: PersonIdentityProps) {
  const texts = useTexts();
  const { say, show } = texts;
  const nameOf = useDirectoryName();
  const from = say(`known.source.${source}`);
  const tellsApart = useSeveralDirectories() || listings.length > 1;
  const directoryFact = ({ directory }: RosterListing): [string, ReactNode][] =>
    tellsApart ? [[say('people.column.directory'), directory ? nameOf(directory) : say('people.notKnown')]] : [];
  return (
    <Section title={say('people.identity')}>
      {listings.map((listing, index) => (
        <Facts
          key={listing.directory ?? index}
          facts={[...directoryFact(listing), ...factsOf(account, listing, texts)]}
        />
      ))}
      <p className="person-note">
        {read
          ? show('people.readAt', { source: from, when: <Moment at={read} /> })
          : say('people.readFrom', { source: from })}
      </p>
    </Section>
  );
}

function factsOf(account: string, listing: RosterListing, { say }: Texts): [string, ReactNode][] {
  const unknown = say('people.notKnown');
  const { mfa, groups, roles } = listing;
  return [
    [say('people.column.account'), <code key="account">{account}</code>],
    [say('people.column.email'), listing.email ?? unknown],
    [say('people.column.status'), <StatusLozenge key="status" status={listing.status} />],
    [say('people.facet.claim'), say(`people.claim.${listing.claim ?? 'unknown'}`)],
    [say('people.column.added'), listing.added ? <Day key="added" at={listing.added} /> : unknown],
    [say('people.mfa'), mfa === null ? unknown : say(mfa ? 'people.mfaOn' : 'people.mfaOff')],
    ...listing.profile.map(([name, value]): [string, ReactNode] => [profileFieldName(name, say), value]),
    [say('people.roles'), roles ? roles.join(', ') || '–' : unknown],
    [say('people.groups'), groups ? groups.map(({ id, name }) => name ?? id).join(', ') || '–' : unknown],
  ];
}
