import type { Price } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { productName } from '../overview/product-name';
import { useDesk } from '../page/desk';
import { FormDialog } from '../shown/form-dialog';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';
import { EDGES, PRICE, CURRENCY, edgesOf, hundredths } from './price-text';

interface PriceDialogProps {
  product: string;
  prices: Price[];
  onDone: () => void;
  onClose: () => void;
}

interface Values {
  perSeat: string;
  currency: string;
  edges?: string;
}

/** The price of a product on every site that has none of its own. The core says which figures it takes. */
export function PriceDialog({ product, prices, onDone, onClose }: PriceDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const before = prices.find((price) => price.product === product && price.site === null);
  const others = prices.filter((price) => price !== before);
  const name = productName(product);
  const save = async (price?: Price) => {
    const changed = price ? [...others, price] : others;
    if (!(await order.give<'setPrices'>({ command: 'setPrices', prices: changed }))) return;
    backend.announce(say('settings.priceChanged', { product: name }));
    onDone();
  };
  const change = ({ perSeat, currency, edges = '' }: Values) =>
    save({
      product,
      site: null,
      perSeat: hundredths(perSeat),
      currency: currency.trim().toUpperCase(),
      tierEdges: edgesOf(edges),
    });
  return (
    <FormDialog<Values>
      title={say('settings.changePriceOf', { product: name })}
      send={say('settings.save')}
      instead={before && { text: say('settings.forgetPrice'), onSend: () => void save() }}
      order={order}
      onSend={(values) => void change(values)}
      onClose={onClose}
    >
      <TextQuestion
        name="perSeat"
        label={say('settings.perSeat')}
        missing={say('settings.priceWrong')}
        form={{ fits: (text) => PRICE.test(text), wrong: say('settings.priceWrong') }}
        defaultValue={before ? (before.perSeat / 100).toFixed(2) : ''}
      />
      <TextQuestion
        name="currency"
        label={say('settings.currency')}
        missing={say('settings.currencyWrong')}
        form={{ fits: (text) => CURRENCY.test(text), wrong: say('settings.currencyWrong') }}
        defaultValue={before?.currency ?? ''}
      />
      <TextQuestion
        name="edges"
        label={say('settings.tierEdges')}
        help={say('settings.tierEdgesHelp')}
        form={{ fits: (text) => EDGES.test(text), wrong: say('settings.tierEdgesWrong') }}
        defaultValue={before?.tierEdges.join(', ') ?? ''}
      />
    </FormDialog>
  );
}
