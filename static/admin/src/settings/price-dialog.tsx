import Button from '@atlaskit/button/new';
import Form, { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import type { Price } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { productName } from '../overview/product-name';
import { useDesk } from '../page/desk';
import { DialogBody } from '../shown/dialog';
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
    <ModalDialog onClose={onClose} width="small">
      <Form<Values> onSubmit={change}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>{say('settings.changePriceOf', { product: name })}</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <Question
                  name="perSeat"
                  label={say('settings.perSeat')}
                  value={before ? (before.perSeat / 100).toFixed(2) : ''}
                  pattern={PRICE}
                  error={say('settings.priceWrong')}
                />
                <Question
                  name="currency"
                  label={say('settings.currency')}
                  value={before?.currency ?? ''}
                  pattern={CURRENCY}
                  error={say('settings.currencyWrong')}
                />
                <Question
                  name="edges"
                  label={say('settings.tierEdges')}
                  help={say('settings.tierEdgesHelp')}
                  value={before?.tierEdges.join(', ') ?? ''}
                  pattern={EDGES}
                  error={say('settings.tierEdgesWrong')}
                />
                {order.failure && <FailureMessage failure={order.failure} title={say('shown.nothingChanged')} />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              {before && (
                <Button appearance="subtle" onClick={() => void save()}>
                  {say('settings.forgetPrice')}
                </Button>
              )}
              <Button appearance="subtle" onClick={onClose}>
                {say('shown.cancel')}
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                {say('settings.save')}
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}

interface QuestionProps {
  name: keyof Values;
  label: string;
  help?: string;
  value: string;
  pattern: RegExp;
  error: string;
}

function Question({ name, label, help, value, pattern, error: wrong }: QuestionProps) {
  return (
    <Field
      name={name}
      label={label}
      isRequired={name !== 'edges'}
      defaultValue={value}
      validate={(text) => (pattern.test(text?.trim() ?? '') ? undefined : 'WRONG')}
    >
      {({ fieldProps, error }) => (
        <>
          <Textfield {...fieldProps} autoComplete="off" />
          {help && <HelperMessage>{help}</HelperMessage>}
          {error && <ErrorMessage>{wrong}</ErrorMessage>}
        </>
      )}
    </Field>
  );
}
