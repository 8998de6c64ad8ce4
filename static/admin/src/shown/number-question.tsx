import { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import Textfield from '@atlaskit/textfield';
import { useTexts } from '../texts/use-texts';

interface NumberQuestionProps {
  name: string;
  label: string;
  help: string;
  /** Whether it must be answered; without an answer, the value is an empty text. */
  isRequired?: boolean;
  min: number;
  max?: number;
  defaultValue: number | null;
}

/** A form's question that a whole number answers, as it was typed. The core says which numbers it takes. */
export function NumberQuestion({ name, label, help, isRequired = false, min, max, defaultValue }: NumberQuestionProps) {
  const { say } = useTexts();
  const wholeNumber = (value = '') => ((isRequired ? /^\d+$/ : /^\d*$/).test(value) ? undefined : 'WRONG');
  return (
    <Field
      name={name}
      label={label}
      isRequired={isRequired}
      defaultValue={String(defaultValue ?? '')}
      validate={wholeNumber}
    >
      {({ fieldProps, error }) => (
        <>
          <Textfield {...fieldProps} type="number" min={min} max={max} width="small" />
          <HelperMessage>{help}</HelperMessage>
          {error && <ErrorMessage>{say('shown.wholeNumber')}</ErrorMessage>}
        </>
      )}
    </Field>
  );
}
