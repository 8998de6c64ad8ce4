import Select, { CreatableSelect } from '@atlaskit/select';
import { useTexts } from '../../../texts/use-texts';
import type { Json } from '../../json';
import { useDraft } from '../draft';
import { FormField } from './form-field';
import type { FieldProps } from './text-field';

export interface Option<T extends string = string> {
  value: T;
  label: string;
}

interface ChoiceInputProps<T extends string> {
  label: string;
  path: string;
  value: string;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
  help?: string | undefined;
}

/** One of some values; one that is not among them is shown as it stands. */
export function ChoiceInput<T extends string>(field: ChoiceInputProps<T>) {
  const { readOnly } = useDraft();
  const chosen = field.options.find(({ value }) => value === field.value);
  return (
    <FormField label={field.label} path={field.path} help={field.help}>
      {({ id, describedBy, invalid }) => (
        <Select
          inputId={id}
          descriptionId={describedBy}
          options={field.options}
          value={chosen ?? { value: field.value as T, label: field.value }}
          isDisabled={readOnly}
          isInvalid={invalid}
          onChange={(option) => option && field.onChange(option.value)}
          menuPosition="fixed"
          spacing="compact"
        />
      )}
    </FormField>
  );
}

interface ListInputProps extends FieldProps {
  options: readonly Option[];
  /** Whether values may be typed that are not among the options. */
  free?: boolean;
  placeholder?: string;
  wide?: boolean;
  /** Whether it shows the mistakes within its values; not where other fields do. */
  deep?: boolean;
  /** Whether an emptied list leaves the document. */
  optional?: boolean;
}

/** Several values: chosen, or typed one after the other. */
export function ListInput({
  options,
  free = false,
  placeholder,
  wide = false,
  deep = true,
  optional = false,
  ...field
}: ListInputProps) {
  const { say } = useTexts();
  const { readOnly } = useDraft();
  const texts = textsOf(field.value);
  const chosen = texts.map((value) => options.find((option) => option.value === value) ?? { value, label: value });
  const change = (values: string[]) => field.onChange(values.length === 0 && optional ? undefined : values);
  const props = {
    options: [...options],
    value: chosen,
    isMulti: true as const,
    isDisabled: readOnly,
    isClearable: false,
    placeholder: placeholder ?? say(free ? 'editor.typeAndEnter' : 'editor.choose'),
    noOptionsMessage: () => say('editor.noMoreToChoose'),
    formatCreateLabel: (text: string) => say('editor.addText', { text }),
    onChange: (values: readonly Option[]) => change(values.map(({ value }) => value)),
    menuPosition: 'fixed' as const,
    spacing: 'compact' as const,
  };
  return (
    <FormField label={field.label} path={field.path} deep={deep} help={field.help} wide={wide}>
      {({ id, describedBy, invalid }) =>
        free ? (
          <CreatableSelect<Option, true> {...props} inputId={id} descriptionId={describedBy} isInvalid={invalid} />
        ) : (
          <Select<Option, true> {...props} inputId={id} descriptionId={describedBy} isInvalid={invalid} />
        )
      }
    </FormField>
  );
}

/** The texts of a list, or of one value by itself. */
const textsOf = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
