import DynamicTable from '@atlaskit/dynamic-table';
import type { SnapshotSummary } from '../../gen/types';
import { Moment } from '../shown/moment';
import { Section } from '../shown/section';
import { productName } from './product-name';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';

const headOf = (say: Say) => ({
  cells: [
    { key: 'product', content: say('overview.product'), isSortable: true },
    { key: 'site', content: say('overview.site'), isSortable: true },
    { key: 'people', content: say('overview.withAccess'), isSortable: true },
    { key: 'active', content: say('overview.seenRecently'), isSortable: true },
    { key: 'idle', content: say('overview.seenLongerAgo'), isSortable: true },
    { key: 'never', content: say('overview.neverSeen'), isSortable: true },
    { key: 'unknown', content: say('overview.notKnown'), isSortable: true },
  ],
});

/** Who holds which product, and whether it is used. */
export function SeatsSection({ snapshot }: { snapshot: SnapshotSummary | null }) {
  const { say, show, number } = useTexts();
  const figure = (value: number) => ({ key: value, content: number(value) });
  return (
    <Section title={say('overview.seats')}>
      {snapshot ? (
        <>
          <p>{show('overview.asRead', { when: <Moment at={snapshot.taken} /> })}</p>
          <DynamicTable
            label={say('overview.seats')}
            head={headOf(say)}
            defaultSortKey="people"
            defaultSortOrder="DESC"
            rows={snapshot.products.map((figures) => ({
              key: `${figures.product} ${figures.site}`,
              cells: [
                { key: figures.product, content: productName(figures.product) },
                { key: figures.site, content: figures.site },
                figure(figures.people),
                figure(figures.active),
                figure(figures.idle),
                figure(figures.never),
                figure(figures.unknown),
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
