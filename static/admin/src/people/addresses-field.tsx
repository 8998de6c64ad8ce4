import Button from '@atlaskit/button/new';
import { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import TextArea from '@atlaskit/textarea';
import Textfield from '@atlaskit/textfield';
import { useId, useState } from 'react';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { addressesIn, linesOf, type Addressee } from './addresses';
import './addresses-field.css';

/** So many names of strangers are told. */
const TOLD = 3;

/** A new e-mail address for each of the people, written line by line or by one domain for all of them. */
export function AddressesField({ people }: { people: readonly Addressee[] }) {
  const { say } = useTexts();
  return (
    <Field<string, HTMLTextAreaElement>
      name="addresses"
      label={say('people.newAddresses')}
      isRequired
      defaultValue={linesOf(people)}
      validate={(text) => mistakeIn(text ?? '', people, say)}
    >
      {({ fieldProps, error }) => (
        <>
          <DomainForAll onFill={(domain) => fieldProps.onChange(linesOf(people, domain))} />
          <TextArea
            {...fieldProps}
            minimumRows={Math.min(people.length + 1, 6)}
            maxHeight="220px"
            spellCheck={false}
            isMonospaced
          />
          <HelperMessage>{say('people.newAddressesHelp')}</HelperMessage>
          {error && <ErrorMessage>{error}</ErrorMessage>}
        </>
      )}
    </Field>
  );
}

/** Gives everybody the name they have in another domain. */
function DomainForAll({ onFill }: { onFill: (domain: string) => void }) {
  const { say } = useTexts();
  const id = useId();
  const [domain, setDomain] = useState('');
  return (
    <div className="addresses-domain">
      <label htmlFor={id}>{say('people.newDomain')}</label>
      <Textfield
        id={id}
        isCompact
        width={200}
        value={domain}
        autoComplete="off"
        onChange={(event) => setDomain(event.currentTarget.value)}
      />
      <Button spacing="compact" isDisabled={domain.trim() === ''} onClick={() => onFill(domain)}>
        {say('people.fillIn')}
      </Button>
    </div>
  );
}

function mistakeIn(text: string, people: readonly Addressee[], say: Say): string | undefined {
  const { strangers, missing } = addressesIn(text, people);
  if (strangers.length > 0) {
    const names = strangers.slice(0, TOLD).join(', ');
    return say('people.addressesOfStrangers', { names, count: strangers.length });
  }
  return missing > 0 ? say('people.addressesMissing', { count: missing }) : undefined;
}
