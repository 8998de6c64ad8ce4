import { Field, HelperMessage } from '@atlaskit/form';
import Select from '@atlaskit/select';
import type { NamedCount } from '../../gen/types';
import { productName } from '../overview/product-name';
import { useTexts } from '../texts/use-texts';

interface PoolProps {
  products: NamedCount[];
  sites: NamedCount[];
}

/** Which products are taken on which sites. */
export function PoolFields({ products, sites }: PoolProps) {
  const { say } = useTexts();
  return (
    <>
      <Choice
        name="products"
        label={say('people.facet.product')}
        options={products.map(({ value }) => ({ value, label: productName(value) }))}
      />
      <Choice
        name="sites"
        label={say('people.facet.site')}
        options={sites.map(({ value }) => ({ value, label: value }))}
      />
    </>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  options: { value: string; label: string }[];
}

function Choice({ name, label, options }: ChoiceProps) {
  const { say } = useTexts();
  return (
    <Field<readonly { value: string; label: string }[] | null>
      name={name}
      label={label}
      isRequired
      defaultValue={null}
      validate={(value) => (value && value.length > 0 ? undefined : say('shown.fillIn'))}
    >
      {({ fieldProps: { id, ...field }, error }) => (
        <>
          <Select<{ value: string; label: string }, true>
            {...field}
            inputId={id}
            isMulti
            options={options}
            menuPosition="fixed"
          />
          {error && <HelperMessage>{error}</HelperMessage>}
        </>
      )}
    </Field>
  );
}
