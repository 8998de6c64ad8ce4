import type { ReactNode } from 'react';
import type { RosterListing, RosterPanel } from '../../gen/types';
import { Facts } from '../shown/facts';
import { Day, Moment } from '../shown/moment';
import { Section } from '../shown/section';
import type { Texts } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { StatusLozenge } from './columns';

/** Who somebody is, as each directory that lists them says. */
export function PersonIdentity({ panel: { account, listings, read, source } }: { panel: RosterPanel }) {
  const texts = useTexts();
  const { say, show } = texts;
  return (
    <Section title={say('people.identity')}>
      {listings.map((listing, index) => (
        <Facts key={listing.directory ?? index} facts={factsOf(account, listing, texts)} />
      ))}
      <p className="person-note">
        {read ? show('people.readAt', { source, when: <Moment at={read} /> }) : say('people.readFrom', { source })}
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
    [say('people.column.claim'), say(`people.claim.${listing.claim ?? 'unknown'}`)],
    [say('people.column.directory'), listing.directory ?? unknown],
    [say('people.column.added'), listing.added ? <Day key="added" at={listing.added} /> : unknown],
    [say('people.mfa'), mfa === null ? unknown : say(mfa ? 'people.mfaOn' : 'people.mfaOff')],
    ...listing.profile.map(([name, value]): [string, ReactNode] => [name, value]),
    [say('people.roles'), roles ? roles.join(', ') || '–' : unknown],
    [say('people.facet.group'), groups ? groups.map(({ id, name }) => name ?? id).join(', ') || '–' : unknown],
  ];
}
