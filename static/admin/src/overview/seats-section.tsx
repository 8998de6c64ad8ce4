import type { SnapshotSummary } from '../../gen/types';
import { FilledTable } from '../shown/filled-table';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { Section } from '../shown/section';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { ActivityBar } from './activity-bar';
import { peopleOf } from './people-of';
import { productName } from './product-name';
import { SeatBar } from './seat-bar';
import './seats-section.css';

const headOf = (say: Say) => ({
  cells: [
    { key: 'product', content: say('overview.product'), isSortable: true, width: 24 },
    { key: 'seats', content: say('overview.paidSeats'), isSortable: true, width: 20 },
    { key: 'people', content: say('overview.withAccess'), isSortable: true, width: 12 },
    { key: 'activity', content: say('overview.activity') },
  ],
});

/** Who holds which product, whether it is used, and how many seats are left. */
export function SeatsSection({ snapshot }: { snapshot: SnapshotSummary | null }) {
  const { say, show, number } = useTexts();
  return (
    <Section title={say('overview.seats')}>
      {snapshot ? (
        <>
          <p>
            {show('overview.asRead', {
              when: <Moment at={snapshot.taken} />,
              known: <Link to={{ page: 'known' }}>{say('overview.whatIsKnown')}</Link>,
            })}
          </p>
          <FilledTable
            label={say('overview.seats')}
            head={headOf(say)}
            defaultSortKey="people"
            defaultSortOrder="DESC"
            empty={say('overview.nobodyHolds')}
            rows={snapshot.products.map((figures) => ({
              key: `${figures.product} ${figures.site}`,
              cells: [
                {
                  key: `${productName(figures.product)} ${figures.site}`,
                  content: (
                    <div className="seats-product">
                      <strong>{productName(figures.product)}</strong>
                      <span>{figures.site}</span>
                    </div>
                  ),
                },
                { key: figures.seatsSaid ?? figures.seats, content: <SeatBar figures={figures} /> },
                {
                  key: figures.people,
                  content: <Link to={peopleOf(figures)}>{number(figures.people)}</Link>,
                },
                { content: <ActivityBar figures={figures} /> },
              ],
            }))}
          />
        </>
      ) : (
        <p>{say('overview.notReadYet')}</p>
      )}
    </Section>
  );
}
