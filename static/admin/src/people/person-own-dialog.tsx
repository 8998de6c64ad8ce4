import { Field, HelperMessage } from '@atlaskit/form';
import Select from '@atlaskit/select';
import TextArea from '@atlaskit/textarea';
import type { FieldDefinition, PersonFields } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import type { AnswerTo } from '../protocol';
import { FormDialog } from '../shown/form-dialog';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';
import { changesOf, questionOf, type OwnValues } from './own-changes';

interface PersonOwnDialogProps {
  name: string;
  fields: readonly FieldDefinition[];
  /** What is said now. */
  said: PersonFields;
  onSet: (answer: AnswerTo<'setPersonFields'>) => void;
  onClose: () => void;
}

/** Sets somebody's own fields and note; what is emptied is taken away. */
export function PersonOwnDialog({ name, fields, said, onSet, onClose }: PersonOwnDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const set = async (values: OwnValues) => {
    const person = changesOf(said, fields, values);
    if (person.values.length === 0 && person.note === null) {
      onClose();
      return;
    }
    const answer = await order.give<'setPersonFields'>({ command: 'setPersonFields', person });
    if (!answer) return;
    backend.announce(say('fields.wereSet', { name }));
    onSet(answer);
  };
  return (
    <FormDialog<OwnValues>
      title={say('fields.editOf', { name })}
      send={say('settings.save')}
      order={order}
      onSend={(values) => void set(values)}
      onClose={onClose}
    >
      {fields.map((field, place) => (
        <ValueQuestion
          key={field.name}
          name={questionOf(place)}
          field={field}
          value={said.values.find(([each]) => each === field.name)?.[1] ?? ''}
        />
      ))}
      <NoteQuestion note={said.note ?? ''} />
      <p>{say('fields.editMeaning')}</p>
    </FormDialog>
  );
}

interface ValueQuestionProps {
  name: string;
  field: FieldDefinition;
  value: string;
}

function ValueQuestion({ name, field, value }: ValueQuestionProps) {
  if (field.kind === 'choice') return <ChoiceQuestion name={name} field={field} value={value} />;
  return (
    <TextQuestion
      name={name}
      label={field.name}
      type={field.kind === 'date' ? 'date' : 'text'}
      maxLength={200}
      defaultValue={value}
    />
  );
}

interface ValueOption {
  label: string;
  value: string;
}

/** A value that is no choice any more can be kept or changed for one that is. */
function ChoiceQuestion({ name, field: { name: label, choices }, value }: ValueQuestionProps) {
  const { say } = useTexts();
  const options = choices.map((choice) => ({ label: choice, value: choice }));
  return (
    <Field<ValueOption | null> name={name} label={label} defaultValue={value ? { label: value, value } : null}>
      {({ fieldProps: { id, ...field } }) => (
        <Select<ValueOption>
          {...field}
          inputId={id}
          options={options}
          isClearable
          placeholder={say('fields.unset')}
          menuPosition="fixed"
        />
      )}
    </Field>
  );
}

function NoteQuestion({ note }: { note: string }) {
  const { say } = useTexts();
  return (
    <Field<string, HTMLTextAreaElement> name="note" label={say('fields.note')} defaultValue={note}>
      {({ fieldProps }) => (
        <>
          <TextArea {...fieldProps} minimumRows={3} maxHeight="200px" maxLength={2000} />
          <HelperMessage>{say('fields.noteHelp')}</HelperMessage>
        </>
      )}
    </Field>
  );
}
