import { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import { AsyncSelect } from '@atlaskit/select';
import { Account } from '../shown/account';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';
import { usePeopleSearch, type PersonOption } from './use-people-search';

interface PeopleFieldProps {
  name: string;
  label: string;
  help: string;
  /** Account ids; their names are looked up. */
  defaultValue?: readonly string[];
  /** Is called whenever others are chosen. */
  onChange?: () => void;
}

/** The core takes no more. */
const MOST = 50;

/** A form's question that some people answer, or nobody: found by a part of their name or address. */
export function PeopleField({ name, label, help, defaultValue = [], onChange }: PeopleFieldProps) {
  const { say } = useTexts();
  const { find, failure } = usePeopleSearch();
  return (
    <Field<readonly PersonOption[]>
      name={name}
      label={label}
      defaultValue={defaultValue.map((value) => ({ value, label: value, lastSeen: null }))}
      validate={(chosen = []) => (chosen.length > MOST ? 'MANY' : undefined)}
    >
      {({ fieldProps: { id, ...field }, error }) => (
        <>
          <AsyncSelect<PersonOption, true>
            {...field}
            inputId={id}
            isMulti
            defaultOptions
            loadOptions={find}
            onChange={(chosen) => {
              field.onChange(chosen);
              onChange?.();
            }}
            placeholder={say('people.typePartOfName')}
            formatOptionLabel={({ value, label: shown }) => (shown === value ? <Account id={value} /> : shown)}
            menuPosition="fixed"
          />
          <HelperMessage>{help}</HelperMessage>
          {failure && (
            <ErrorMessage>{say('people.peopleNotFound', { why: sentence(failure.messageIn(say)) })}</ErrorMessage>
          )}
          {error && !failure && <ErrorMessage>{say('people.tooManyPeople', { most: MOST })}</ErrorMessage>}
        </>
      )}
    </Field>
  );
}
