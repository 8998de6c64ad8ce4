import Textfield from '@atlaskit/textfield';
import { useDesk } from '../../../page/desk';
import { useTexts } from '../../../texts/use-texts';
import { useDraft } from '../draft';
import { FormField } from './form-field';
import { instantOf, localOf } from './instant';
import type { FieldProps } from './text-field';

/** An instant, as clocks show it in the viewer's zone; what is none stays as it was typed, for the core to judge. */
export function InstantInput(field: Omit<FieldProps, 'help'>) {
  const { say } = useTexts();
  const { viewer } = useDesk();
  const { readOnly } = useDraft();
  const text = typeof field.value === 'string' ? field.value : '';
  const local = localOf(text, viewer.timeZone);
  return (
    <FormField label={field.label} path={field.path} help={say('editor.onceHelp', { zone: viewer.timeZone })}>
      {({ id, describedBy, invalid }) => (
        <Textfield
          id={id}
          aria-describedby={describedBy}
          type={local === undefined ? 'text' : 'datetime-local'}
          isCompact
          isReadOnly={readOnly}
          isInvalid={invalid}
          autoComplete="off"
          spellCheck={false}
          value={local ?? text}
          onChange={({ currentTarget: { value } }) => field.onChange(instantOf(value, viewer.timeZone) ?? value)}
        />
      )}
    </FormField>
  );
}
