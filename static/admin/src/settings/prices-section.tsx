import DynamicTable from '@atlaskit/dynamic-table';
import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Price } from '../../gen/types';
import { money } from '../overview/tiers';
import { productName } from '../overview/product-name';
import { useDesk } from '../page/desk';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { PriceDialog } from './price-dialog';
import { TableOrders } from './table-orders';

const headOf = (say: Say) => ({
  cells: [
    { key: 'product', content: say('overview.product'), width: 30 },
    { key: 'price', content: say('settings.perSeat'), width: 20 },
    { key: 'edges', content: say('settings.tierEdges'), width: 30 },
    { key: 'orders', content: '' },
  ],
});

interface PricesSectionProps {
  prices: Price[];
  /** The keys of the products that somebody holds. */
  products: string[];
  onChange: () => void;
}

/** What seats cost: no API tells, so an administrator does. */
export function PricesSection({ prices, products, onChange }: PricesSectionProps) {
  const { viewer } = useDesk();
  const { say, number } = useTexts();
  const [asking, setAsking] = useState<string>();
  const close = () => setAsking(undefined);
  const done = () => {
    close();
    onChange();
  };
  const general = (product: string) => prices.find((price) => price.product === product && price.site === null);
  const list = new Intl.ListFormat(viewer.locale);
  return (
    <Section title={say('settings.prices')}>
      <p>{say('settings.pricesText')}</p>
      <DynamicTable
        label={say('settings.prices')}
        head={headOf(say)}
        emptyView={<p>{say('settings.noProducts')}</p>}
        rows={products.map((product) => {
          const price = general(product);
          return {
            key: product,
            cells: [
              { content: productName(product) },
              { content: price ? money(price.perSeat, price.currency, viewer.locale) : say('settings.noPrice') },
              { content: price && price.tierEdges.length > 0 ? list.format(price.tierEdges.map(number)) : '–' },
              {
                content: (
                  <TableOrders>
                    <OrderButton
                      spacing="compact"
                      appearance="subtle"
                      label={say('settings.changePriceOf', { product: productName(product) })}
                      onClick={() => setAsking(product)}
                    >
                      {say('settings.changePrice')}
                    </OrderButton>
                  </TableOrders>
                ),
              },
            ],
          };
        })}
      />
      <ModalTransition>
        {asking && <PriceDialog product={asking} prices={prices} onDone={done} onClose={close} />}
      </ModalTransition>
    </Section>
  );
}
