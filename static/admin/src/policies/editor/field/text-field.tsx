import Textfield from '@atlaskit/textfield';
import type { Json } from '../../json';
import { useDraft } from '../draft';
import { FormField } from './form-field';

export interface FieldProps {
  label: string;
  path: string;
  value: Json | undefined;
  /** `undefined` takes the field out of the document. */
  onChange: (value: Json | undefined) => void;
  help?: string | undefined;
}

interface TextInputProps extends FieldProps {
  type?: 'text' | 'time' | 'date';
  wide?: boolean;
  /** Whether an emptied field leaves the document; else it stays there, empty, for the core to judge. */
  optional?: boolean;
}

/** One line of text. */
export function TextInput({ type = 'text', wide = false, optional = false, ...field }: TextInputProps) {
  const { readOnly } = useDraft();
  return (
    <FormField label={field.label} path={field.path} help={field.help} wide={wide}>
      {({ id, describedBy, invalid }) => (
        <Textfield
          id={id}
          aria-describedby={describedBy}
          type={type}
          isCompact
          isReadOnly={readOnly}
          isInvalid={invalid}
          autoComplete="off"
          spellCheck={false}
          value={typeof field.value === 'string' ? field.value : ''}
          onChange={({ currentTarget: { value } }) => field.onChange(value === '' && optional ? undefined : value)}
        />
      )}
    </FormField>
  );
}

interface NumberInputProps extends FieldProps {
  /** What is shown where the document says nothing. */
  standard?: number;
}

/** A whole number; what is no number stays as it was typed, for the core to judge. */
export function NumberInput({ standard, ...field }: NumberInputProps) {
  const { readOnly } = useDraft();
  const shown = field.value ?? standard;
  return (
    <FormField label={field.label} path={field.path} help={field.help}>
      {({ id, describedBy, invalid }) => (
        <Textfield
          id={id}
          aria-describedby={describedBy}
          inputMode="numeric"
          isCompact
          isReadOnly={readOnly}
          isInvalid={invalid}
          autoComplete="off"
          value={typeof shown === 'number' || typeof shown === 'string' ? String(shown) : ''}
          onChange={({ currentTarget: { value } }) => field.onChange(numberOf(value))}
        />
      )}
    </FormField>
  );
}

export const numberOf = (text: string): number | string => (/^\d{1,9}$/.test(text) ? Number(text) : text);
