import DynamicTable from '@atlaskit/dynamic-table';
import type { ProductFigures, SnapshotSummary } from '../../gen/types';
import { useDesk } from '../page/desk';
import { Section } from '../shown/section';
import { counted } from '../shown/sentence';
import { productName } from './product-name';
import { seatDifference } from './seat-count';

const HEAD = {
  cells: [
    { key: 'product', content: 'Product', isSortable: true },
    { key: 'site', content: 'Site', isSortable: true },
    { key: 'seats', content: 'Seats counted', isSortable: true },
    { key: 'said', content: 'Atlassian says', isSortable: true },
    { key: 'capacity', content: 'Capacity', isSortable: true },
    { key: 'difference', content: 'Difference', width: 30 },
  ],
};

/** Paid seats as counted from the people, against what Atlassian says is taken and what there is. */
export function SeatCountSection({ snapshot }: { snapshot: SnapshotSummary }) {
  const { viewer } = useDesk();
  const known = (value: number | null) => ({
    key: value ?? -1,
    content: value?.toLocaleString(viewer.locale) ?? 'not said',
  });
  return (
    <Section title="Paid seats against Atlassian’s count">
      <DynamicTable
        label="Paid seats"
        head={HEAD}
        emptyView={<p>Nobody holds a product.</p>}
        rows={snapshot.products.map((figures) => ({
          key: `${figures.product} ${figures.site}`,
          cells: [
            { key: figures.product, content: productName(figures.product) },
            { key: figures.site, content: figures.site },
            { key: figures.seats, content: seatsText(figures, viewer.locale) },
            known(figures.seatsSaid),
            known(figures.capacity),
            { content: seatDifference(figures, viewer.locale) },
          ],
        }))}
      />
    </Section>
  );
}

function seatsText({ seats, seatsUnknown }: ProductFigures, locale: string): string {
  const known = seats.toLocaleString(locale);
  return seatsUnknown === 0 ? known : `${known}, and ${counted(seatsUnknown, 'person', 'people', locale)} not known`;
}
