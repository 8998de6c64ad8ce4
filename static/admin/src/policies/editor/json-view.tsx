import SectionMessage from '@atlaskit/section-message';
import TextArea from '@atlaskit/textarea';
import { useId } from 'react';
import { useTexts } from '../../texts/use-texts';
import { useDraft } from './draft';

interface JsonViewProps {
  text: string;
  invalid: boolean;
  onChange: (text: string) => void;
}

/** The document itself. */
export function JsonView({ text, invalid, onChange }: JsonViewProps) {
  const { say } = useTexts();
  const { readOnly } = useDraft();
  const id = useId();
  return (
    <div className="editor-document">
      <label htmlFor={id}>{say('policies.document')}</label>
      <TextArea
        id={id}
        isMonospaced
        isReadOnly={readOnly}
        isInvalid={invalid}
        minimumRows={24}
        maxHeight="70vh"
        spellCheck={false}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}

/** In place of a step, where the document is no JSON object. */
export function NotReadable() {
  const { say } = useTexts();
  return (
    <SectionMessage appearance="warning" title={say('editor.notReadable')}>
      <p>{say('editor.notReadableText')}</p>
    </SectionMessage>
  );
}
