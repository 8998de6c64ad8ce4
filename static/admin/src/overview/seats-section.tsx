import DynamicTable from '@atlaskit/dynamic-table';
import type { SnapshotSummary } from '../../gen/types';
import { useDesk } from '../page/desk';
import { Moment } from '../shown/moment';
import { Section } from '../shown/section';
import { productName } from './product-name';

const HEAD = {
  cells: [
    { key: 'product', content: 'Product', isSortable: true },
    { key: 'site', content: 'Site', isSortable: true },
    { key: 'people', content: 'People with access', isSortable: true },
    { key: 'active', content: 'Seen within 30 days', isSortable: true },
    { key: 'idle', content: 'Seen longer ago', isSortable: true },
    { key: 'never', content: 'Never seen', isSortable: true },
    { key: 'unknown', content: 'Not known', isSortable: true },
  ],
};

/** Who holds which product, and whether it is used. */
export function SeatsSection({ snapshot }: { snapshot: SnapshotSummary | null }) {
  const { viewer } = useDesk();
  const number = (value: number) => ({ key: value, content: value.toLocaleString(viewer.locale) });
  return (
    <Section title="Seats by product and site">
      {snapshot ? (
        <>
          <p>
            As read <Moment at={snapshot.taken} />.
          </p>
          <DynamicTable
            label="Seats by product and site"
            head={HEAD}
            defaultSortKey="people"
            defaultSortOrder="DESC"
            rows={snapshot.products.map((figures) => ({
              key: `${figures.product} ${figures.site}`,
              cells: [
                { key: figures.product, content: productName(figures.product) },
                { key: figures.site, content: figures.site },
                number(figures.people),
                number(figures.active),
                number(figures.idle),
                number(figures.never),
                number(figures.unknown),
              ],
            }))}
          />
        </>
      ) : (
        <p>
          The organization was not read yet. A dry run of a policy reads it, and so does “Read now” under What is known.
        </p>
      )}
    </Section>
  );
}
