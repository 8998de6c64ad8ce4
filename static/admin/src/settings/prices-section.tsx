import { ModalTransition } from '@atlaskit/modal-dialog';
import type { Price, ProductFigures } from '../../gen/types';
import { money } from '../overview/tiers';
import { productName } from '../overview/product-name';
import { useDesk } from '../page/desk';
import { FilledTable } from '../shown/filled-table';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { PriceDialog, type PricePlace } from './price-dialog';
import { pricedPlaces, type PricedPlace } from './priced-places';
import { TableOrders } from './table-orders';

const headOf = (say: Say) => ({
  cells: [
    { key: 'product', content: say('overview.product'), width: 32 },
    { key: 'price', content: say('settings.perSeat'), width: 18 },
    { key: 'edges', content: say('settings.tierEdges'), width: 20 },
    { key: 'orders', content: '' },
  ],
});

interface PricesSectionProps {
  prices: Price[];
  /** The products that somebody holds, each on its sites. */
  held: Pick<ProductFigures, 'product' | 'site'>[];
  onChange: () => void;
}

/** What seats cost: no API tells, so an administrator does. */
export function PricesSection({ prices, held, onChange }: PricesSectionProps) {
  const { viewer } = useDesk();
  const { say, number } = useTexts();
  const dialog = useDialog<PricePlace>(onChange);
  const list = new Intl.ListFormat(viewer.locale);
  return (
    <Section title={say('settings.prices')}>
      <p>{say('settings.pricesText')}</p>
      <FilledTable
        label={say('settings.prices')}
        head={headOf(say)}
        empty={say('settings.noProducts')}
        rows={pricedPlaces(held, prices).map((place) => ({
          key: `${place.product} ${place.site ?? ''}`,
          cells: [
            { content: nameOf(place, say) },
            {
              content: place.price
                ? money(place.price.perSeat, place.price.currency, viewer.locale)
                : say('settings.noPrice'),
            },
            { content: list.format((place.price?.tierEdges ?? []).map(number)) || '–' },
            { content: <PriceOrders place={place} onAsk={dialog.open} /> },
          ],
        }))}
      />
      <ModalTransition>
        {dialog.about && (
          <PriceDialog place={dialog.about} prices={prices} onDone={dialog.done} onClose={dialog.close} />
        )}
      </ModalTransition>
    </Section>
  );
}

const nameOf = ({ product, site }: PricedPlace, say: Say): string =>
  site === null ? productName(product) : say('settings.productOn', { product: productName(product), site });

function PriceOrders({ place, onAsk }: { place: PricedPlace; onAsk: (place: PricePlace) => void }) {
  const { say } = useTexts();
  const { product, site, others } = place;
  const name = productName(product);
  return (
    <TableOrders>
      {others.length > 0 && (
        <OrderButton
          spacing="compact"
          appearance="subtle"
          label={say('settings.addSitePriceOf', { product: name })}
          onClick={() => onAsk({ product, site: others })}
        >
          {say('settings.addSitePrice')}
        </OrderButton>
      )}
      <OrderButton
        spacing="compact"
        appearance="subtle"
        label={
          site === null
            ? say('settings.changePriceOf', { product: name })
            : say('settings.changePriceOn', { product: name, site })
        }
        onClick={() => onAsk({ product, site })}
      >
        {say('settings.changePrice')}
      </OrderButton>
    </TableOrders>
  );
}
