import Select from '@atlaskit/select';
import Textfield from '@atlaskit/textfield';
import { useTexts } from '../../../texts/use-texts';
import { useDraft } from '../draft';
import { FormField } from './form-field';
import { TextInput, type FieldProps } from './text-field';

const UNITS = ['h', 'd', 'w', 'mo', 'y'] as const;
type Unit = (typeof UNITS)[number];

const isUnit = (text: string | undefined): text is Unit => UNITS.some((unit) => unit === text);

interface SpanInputProps extends FieldProps {
  /** What is shown where the document says nothing. */
  standard?: string;
  optional?: boolean;
}

/** A length of time: a number and its unit. What is written otherwise is edited as text. */
export function SpanInput({ standard, optional = false, ...field }: SpanInputProps) {
  const { say } = useTexts();
  const { readOnly } = useDraft();
  const shown = field.value ?? standard ?? 'd';
  const [, digits = '', unit] = (typeof shown === 'string' && /^(\d*)(h|d|w|mo|y)$/.exec(shown)) || [];
  if (!isUnit(unit)) return <TextInput {...field} />;
  const options = UNITS.map((value) => ({ value, label: say(`editor.unit.${value}`) }));
  const write = (number: string, of: Unit) => field.onChange(number === '' && optional ? undefined : `${number}${of}`);
  return (
    <FormField label={field.label} path={field.path} help={field.help}>
      {({ id, describedBy, invalid }) => (
        <div className="form-span">
          <Textfield
            id={id}
            aria-describedby={describedBy}
            inputMode="numeric"
            isCompact
            isReadOnly={readOnly}
            isInvalid={invalid}
            autoComplete="off"
            value={digits}
            onChange={({ currentTarget: { value } }) => write(value.replaceAll(/\D/g, ''), unit)}
          />
          <Select
            label={say('editor.unitOf', { field: field.label })}
            options={options}
            value={options.find(({ value }) => value === unit) ?? null}
            isDisabled={readOnly}
            onChange={(option) => option && write(digits, option.value)}
            menuPosition="fixed"
            spacing="compact"
          />
        </div>
      )}
    </FormField>
  );
}
