import { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import Textfield from '@atlaskit/textfield';

interface TextQuestionProps {
  name: string;
  label: string;
  help?: string | undefined;
  /** What to say when it is empty; without it, it may be. */
  missing?: string | undefined;
  /** Whether an answer will do as it is written, and what to say of one that does not. */
  form?: { fits: (text: string) => boolean; wrong: string };
  type?: 'text' | 'password' | 'date';
  maxLength?: number;
  placeholder?: string;
  defaultValue?: string;
}

/** A form's question that one line answers. */
export function TextQuestion({
  name,
  label,
  help,
  missing,
  form,
  type = 'text',
  maxLength,
  placeholder,
  defaultValue = '',
}: TextQuestionProps) {
  const validate = (value = '') => {
    const text = value.trim();
    if (!text && missing) return missing;
    return form && !form.fits(text) ? form.wrong : undefined;
  };
  return (
    <Field name={name} label={label} defaultValue={defaultValue} isRequired={missing !== undefined} validate={validate}>
      {({ fieldProps, error }) => (
        <>
          <Textfield
            {...fieldProps}
            type={type}
            maxLength={maxLength}
            placeholder={placeholder}
            autoComplete="off"
            spellCheck={false}
          />
          {help && <HelperMessage>{help}</HelperMessage>}
          {error && <ErrorMessage>{error}</ErrorMessage>}
        </>
      )}
    </Field>
  );
}
