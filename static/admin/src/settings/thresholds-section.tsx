import { ModalTransition } from '@atlaskit/modal-dialog';
import type { Notices, ProductFigures, SeatThreshold } from '../../gen/types';
import { FilledTable } from '../shown/filled-table';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { fromText, placeText } from './reports-text';
import { ThresholdDialog } from './threshold-dialog';

type Place = Pick<ProductFigures, 'product' | 'site'>;

const headOf = (say: Say) => ({
  cells: [
    { key: 'place', content: say('overview.product'), width: 45 },
    { key: 'from', content: say('reports.seats'), width: 40 },
    { key: 'orders', content: '' },
  ],
});

interface ThresholdsSectionProps {
  notices: Notices | null;
  /** The products that somebody holds, each on its sites. */
  held: readonly Place[];
  onChange: () => void;
}

/** From where on seats are told of single products on single sites, once somebody said who is told. */
export function ThresholdsSection({ notices, held, onChange }: ThresholdsSectionProps) {
  const { say } = useTexts();
  const dialog = useDialog<Place>(onChange);
  const reports = notices?.reports;
  if (!notices || !reports) return null;
  const thresholds = reports.seatThresholds ?? [];
  return (
    <Section title={say('reports.thresholds')}>
      <p>{say('reports.thresholdsMeaning')}</p>
      <FilledTable
        label={say('reports.thresholds')}
        head={headOf(say)}
        empty={say('settings.noProducts')}
        rows={placesOf(held, thresholds).map((place) => {
          const own = thresholds.find(isAt(place));
          const name = placeText(place, say);
          return {
            key: `${place.product} ${place.site}`,
            cells: [
              { content: name },
              { content: own ? fromText(own, say) : say('reports.asForAll') },
              {
                content: (
                  <OrderButton
                    spacing="compact"
                    appearance="subtle"
                    label={say('reports.changeThresholdOf', { place: name })}
                    onClick={() => dialog.open(place)}
                  >
                    {say('reports.changeThreshold')}
                  </OrderButton>
                ),
              },
            ],
          };
        })}
      />
      <ModalTransition>
        {dialog.about && (
          <ThresholdDialog
            notices={notices}
            reports={reports}
            place={dialog.about}
            onDone={dialog.done}
            onClose={dialog.close}
          />
        )}
      </ModalTransition>
    </Section>
  );
}

const isAt =
  (place: Place) =>
  (other: Place): boolean =>
    other.product === place.product && other.site === place.site;

/** The places that somebody holds, and those that nobody does and of which something is said. */
const placesOf = (held: readonly Place[], thresholds: readonly SeatThreshold[]): Place[] => [
  ...held,
  ...thresholds.filter((own) => !held.some(isAt(own))),
];
