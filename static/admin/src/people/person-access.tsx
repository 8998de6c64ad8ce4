import Lozenge from '@atlaskit/lozenge';
import type { LastSeen, RosterHeld, RosterPanel } from '../../gen/types';
import { productName } from '../overview/product-name';
import { Section } from '../shown/section';
import { useTexts } from '../texts/use-texts';
import { Seen } from './columns';
import { DirectoryNote } from './directory-note';

/** What somebody may use, by which groups, and when they used it last. */
export function PersonAccess({ panel: { listings }, now }: { panel: RosterPanel; now: string }) {
  const { say } = useTexts();
  return (
    <Section title={say('people.access')}>
      {listings.map((listing, index) => (
        <div key={listing.directory ?? index}>
          {listings.length > 1 && <DirectoryNote directory={listing.directory} />}
          <Accesses accesses={listing.accesses} now={now} />
        </div>
      ))}
    </Section>
  );
}

function Accesses({ accesses, now }: { accesses: RosterHeld[] | null; now: string }) {
  const { say } = useTexts();
  if (accesses === null) return <p>{say('people.accessNotKnown')}</p>;
  if (accesses.length === 0) return <p>{say('people.noAccess')}</p>;
  return (
    <ul className="person-list">
      {accesses.map((held) => (
        <Held key={`${held.product} ${held.site ?? ''}`} held={held} now={now} />
      ))}
    </ul>
  );
}

function Held({ held, now }: { held: RosterHeld; now: string }) {
  const { say } = useTexts();
  const { product, site, seat, lastSeen } = held;
  const name = productName(product);
  return (
    <li>
      <span className="person-line">
        <strong>{site ? say('people.productOn', { product: name, site }) : name}</strong>
        {seat !== null && (
          <Lozenge appearance={seat ? 'inprogress' : 'default'}>{say(seat ? 'people.seat' : 'people.noSeat')}</Lozenge>
        )}
      </span>
      <span>
        <Seen seen={lastSeen} /> <Age seen={lastSeen} now={now} />
      </span>
      <span className="person-note">{grantedBy(held)}</span>
    </li>
  );

  function grantedBy({ byGroups, perhapsOthers }: RosterHeld): string {
    if (byGroups.length === 0) return say('people.grantNotKnown');
    const groups = byGroups.join(', ');
    return say(perhapsOthers ? 'people.grantedByPerhaps' : 'people.grantedBy', { groups });
  }
}

const DAY = 86_400_000;

/** How long ago, in days at the time of the snapshot. */
function Age({ seen: { at }, now }: { seen: LastSeen; now: string }) {
  const { say } = useTexts();
  if (!at) return null;
  const days = Math.max(Math.floor((Date.parse(now) - Date.parse(at)) / DAY), 0);
  return <span className="person-note">{say('people.daysAgo', { count: days })}</span>;
}
