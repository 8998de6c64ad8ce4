import TextArea from '@atlaskit/textarea';
import { useDraft } from '../draft';
import { FormField } from './form-field';
import type { FieldProps } from './text-field';

/** Text of several lines; emptied, it leaves the document. */
export function LinesInput({ label, path, help, value, onChange }: FieldProps) {
  const { readOnly } = useDraft();
  return (
    <FormField label={label} path={path} help={help} wide>
      {({ id, describedBy, invalid }) => (
        <TextArea
          id={id}
          aria-describedby={describedBy}
          isCompact
          isReadOnly={readOnly}
          isInvalid={invalid}
          minimumRows={4}
          value={typeof value === 'string' ? value : ''}
          onChange={({ currentTarget: { value } }) => onChange(value === '' ? undefined : value)}
        />
      )}
    </FormField>
  );
}
