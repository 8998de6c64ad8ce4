import { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import TextArea from '@atlaskit/textarea';
import { useState } from 'react';
import type { FieldDefinition, FieldKind } from '../../../gen/types';
import { useOrder } from '../../asking/use-order';
import { useDesk } from '../../page/desk';
import { RadioField } from '../../people/radio-field';
import { FormDialog } from '../../shown/form-dialog';
import { TextQuestion } from '../../shown/text-question';
import { useTexts } from '../../texts/use-texts';

interface FieldDialogProps {
  fields: FieldDefinition[];
  /** The field that is changed; a new one without it. */
  before: FieldDefinition | undefined;
  onDone: () => void;
  onClose: () => void;
}

interface Values {
  name?: string;
  choices?: string;
}

const KINDS = ['text', 'date', 'choice'] as const satisfies FieldKind[];

const linesOf = (text = ''): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

/** Defines a field, or says what its values are from now on. Its name stays: policies and values go by it. */
export function FieldDialog({ fields, before, onDone, onClose }: FieldDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const [kind, setKind] = useState<FieldKind>(before?.kind ?? 'text');
  const define = async ({ name = '', choices }: Values) => {
    const field: FieldDefinition = {
      name: before?.name ?? name.trim(),
      kind,
      choices: kind === 'choice' ? linesOf(choices) : [],
    };
    const changed = before ? fields.map((each) => (each === before ? field : each)) : [...fields, field];
    if (!(await order.give<'setFields'>({ command: 'setFields', fields: changed }))) return;
    backend.announce(say(before ? 'fields.wasChanged' : 'fields.wasAdded', { name: field.name }));
    onDone();
  };
  return (
    <FormDialog<Values>
      title={before ? say('fields.changeOf', { name: before.name }) : say('fields.add')}
      send={say(before ? 'settings.save' : 'fields.add')}
      order={order}
      failureTitle={say(before ? 'shown.nothingChanged' : 'fields.notAdded')}
      onSend={(values) => void define(values)}
      onClose={onClose}
    >
      {before ? (
        <p>{say('fields.changeMeaning')}</p>
      ) : (
        <TextQuestion
          name="name"
          label={say('fields.name')}
          help={say('fields.nameHelp')}
          missing={say('fields.nameMissing')}
          maxLength={60}
        />
      )}
      <RadioField
        name="kind"
        label={say('fields.kind')}
        value={kind}
        choices={KINDS.map((each) => [each, say(`fields.kind.${each}`)] as const)}
        onChange={setKind}
      />
      {kind === 'choice' && <ChoicesQuestion choices={before?.choices ?? []} />}
    </FormDialog>
  );
}

function ChoicesQuestion({ choices }: { choices: string[] }) {
  const { say } = useTexts();
  return (
    <Field<string, HTMLTextAreaElement>
      name="choices"
      label={say('fields.choices')}
      isRequired
      defaultValue={choices.join('\n')}
      validate={(text) => (linesOf(text).length > 0 ? undefined : 'EMPTY')}
    >
      {({ fieldProps, error }) => (
        <>
          <TextArea {...fieldProps} minimumRows={4} maxHeight="220px" spellCheck={false} />
          <HelperMessage>{say('fields.choicesHelp')}</HelperMessage>
          {error && <ErrorMessage>{say('fields.choicesMissing')}</ErrorMessage>}
        </>
      )}
    </Field>
  );
}
