import { ErrorMessage, Field } from '@atlaskit/form';
import Select from '@atlaskit/select';
import type { Price } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { productName } from '../overview/product-name';
import { useDesk } from '../page/desk';
import { FormDialog } from '../shown/form-dialog';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';
import { EDGES, PRICE, CURRENCY, edgesOf, hundredths } from './price-text';

/** What a price is for. */
export interface PricePlace {
  product: string;
  /** The site's host; `null` for every site that has no price of its own, and an array where one of these is chosen. */
  site: string | null | string[];
}

interface PriceDialogProps {
  place: PricePlace;
  prices: Price[];
  onDone: () => void;
  onClose: () => void;
}

interface SiteOption {
  label: string;
  value: string;
}

interface Values {
  site?: SiteOption | null;
  perSeat: string;
  currency: string;
  edges?: string;
}

/** The price of a product, everywhere or on one site. The core says which figures it takes. */
export function PriceDialog({ place: { product, site }, prices, onDone, onClose }: PriceDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const before = prices.find((price) => price.product === product && price.site === site);
  const others = prices.filter((price) => price !== before);
  const name = productName(product);
  const save = async (price?: Price) => {
    const changed = price ? [...others, price] : others;
    if (!(await order.give<'setPrices'>({ command: 'setPrices', prices: changed }))) return;
    backend.announce(say('settings.priceChanged', { product: name }));
    onDone();
  };
  const change = ({ site: chosen, perSeat, currency, edges = '' }: Values) =>
    save({
      product,
      site: Array.isArray(site) ? (chosen?.value ?? null) : site,
      perSeat: hundredths(perSeat),
      currency: currency.trim().toUpperCase(),
      tierEdges: edgesOf(edges),
    });
  const title = () => {
    if (Array.isArray(site)) return say('settings.addSitePriceOf', { product: name });
    return site === null
      ? say('settings.changePriceOf', { product: name })
      : say('settings.changePriceOn', { product: name, site });
  };
  return (
    <FormDialog<Values>
      title={title()}
      send={say('settings.save')}
      instead={before && { text: say('settings.forgetPrice'), onSend: () => void save() }}
      order={order}
      onSend={(values) => void change(values)}
      onClose={onClose}
    >
      {Array.isArray(site) && <SiteQuestion sites={site} />}
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

function SiteQuestion({ sites }: { sites: string[] }) {
  const { say } = useTexts();
  const options = sites.map((site) => ({ label: site, value: site }));
  return (
    <Field<SiteOption | null>
      name="site"
      label={say('settings.site')}
      isRequired
      defaultValue={null}
      validate={(value) => (value ? undefined : 'EMPTY')}
    >
      {({ fieldProps: { id, ...field }, error }) => (
        <>
          <Select<SiteOption> {...field} inputId={id} options={options} menuPosition="fixed" />
          {error && <ErrorMessage>{say('settings.siteMissing')}</ErrorMessage>}
        </>
      )}
    </Field>
  );
}
