import TextArea from '@atlaskit/textarea';
import { useState } from 'react';
import { useTexts } from '../../../texts/use-texts';
import { partText } from '../../document-text';
import { readJson, type Json } from '../../json';
import { useDraft } from '../draft';
import { FormField } from './form-field';

interface JsonPartProps {
  label: string;
  path: string;
  value: Json;
  onChange: (value: Json) => void;
}

/** A part of the document that the form has no fields for: kept, shown and edited as the JSON that it is. */
export function JsonPart({ label, path, value, onChange }: JsonPartProps) {
  const { say } = useTexts();
  const { readOnly } = useDraft();
  const [typed, setTyped] = useState<string>();
  const broken = typed !== undefined && readJson(typed) === undefined;
  const type = (text: string) => {
    setTyped(text);
    const read = readJson(text);
    if (read !== undefined) onChange(read);
  };
  return (
    <FormField label={label} path={path} deep help={say(broken ? 'editor.partIsNoJson' : 'editor.partHelp')} wide>
      {({ id, describedBy, invalid }) => (
        <div className="form-json">
          <TextArea
            id={id}
            aria-describedby={describedBy}
            isMonospaced
            isReadOnly={readOnly}
            isInvalid={invalid || broken}
            minimumRows={3}
            spellCheck={false}
            value={typed ?? partText(value)}
            onChange={({ currentTarget }) => type(currentTarget.value)}
            onBlur={() => !broken && setTyped(undefined)}
          />
        </div>
      )}
    </FormField>
  );
}
