import type { SnapshotSummary } from '../../gen/types';
import { FilledTable } from '../shown/filled-table';
import { Section } from '../shown/section';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { CountedSeats } from './counted-seats';
import { productName } from './product-name';
import { seatDifference } from './seat-count';

const headOf = (say: Say) => ({
  cells: [
    { key: 'product', content: say('overview.product'), isSortable: true },
    { key: 'site', content: say('overview.site'), isSortable: true },
    { key: 'seats', content: say('overview.seatsCounted'), isSortable: true },
    { key: 'said', content: say('overview.atlassianSays'), isSortable: true },
    { key: 'capacity', content: say('overview.capacity'), isSortable: true },
    { key: 'difference', content: say('overview.difference'), width: 30 },
  ],
});

/** Paid seats as counted from the people, against what Atlassian says is taken and what there is. */
export function SeatCountSection({ snapshot }: { snapshot: SnapshotSummary }) {
  const { say, number } = useTexts();
  const known = (value: number | null) => ({
    key: value ?? -1,
    content: value === null ? say('shown.notSaid') : number(value),
  });
  return (
    <Section title={say('overview.seatCount')}>
      <FilledTable
        label={say('overview.paidSeats')}
        head={headOf(say)}
        empty={say('overview.nobodyHolds')}
        rows={snapshot.products.map((figures) => ({
          key: `${figures.product} ${figures.site}`,
          cells: [
            { key: figures.product, content: productName(figures.product) },
            { key: figures.site, content: figures.site },
            { key: figures.seats, content: <CountedSeats figures={figures} /> },
            known(figures.seatsSaid),
            known(figures.capacity),
            { content: seatDifference(figures, say) },
          ],
        }))}
      />
    </Section>
  );
}
