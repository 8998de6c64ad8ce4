import { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import Textfield from '@atlaskit/textfield';

interface TextQuestionProps {
  name: string;
  label: string;
  help: string;
  /** What to say when it is empty; without it, it may be. */
  missing?: string;
  type?: 'text' | 'password' | 'date';
  defaultValue?: string;
}

/** A form's question that one line answers. */
export function TextQuestion({ name, label, help, missing, type = 'text', defaultValue = '' }: TextQuestionProps) {
  return (
    <Field
      name={name}
      label={label}
      defaultValue={defaultValue}
      isRequired={missing !== undefined}
      validate={(value) => (missing && !value?.trim() ? missing : undefined)}
    >
      {({ fieldProps, error }) => (
        <>
          <Textfield {...fieldProps} type={type} autoComplete="off" spellCheck={false} />
          <HelperMessage>{help}</HelperMessage>
          {error && <ErrorMessage>{error}</ErrorMessage>}
        </>
      )}
    </Field>
  );
}
