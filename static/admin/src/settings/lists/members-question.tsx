import { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import TextArea from '@atlaskit/textarea';
import { listedIn } from '../../people/listed';
import { FileQuestion } from '../../shown/file-question';
import { useTexts } from '../../texts/use-texts';

interface MembersQuestionProps {
  text: string;
  /** Whether a text without anybody was sent. */
  isMissing: boolean;
  onText: (text: string) => void;
}

/** Asks for people: pasted, or out of a file. */
export function MembersQuestion({ text, isMissing, onText }: MembersQuestionProps) {
  const { say } = useTexts();
  return (
    <>
      <Field name="members" label={say('lists.members')} isRequired>
        {({ fieldProps: { id } }) => (
          <>
            <TextArea
              id={id}
              value={text}
              minimumRows={5}
              maxHeight="200px"
              spellCheck={false}
              isInvalid={isMissing}
              onChange={(event) => onText(event.currentTarget.value)}
            />
            <HelperMessage>{say('lists.membersHelp')}</HelperMessage>
            {isMissing && <ErrorMessage>{say('lists.membersMissing')}</ErrorMessage>}
          </>
        )}
      </Field>
      <FileQuestion label={say('lists.file')} accept=".csv,.txt,text/csv,text/plain" onText={onText} />
    </>
  );
}

/** How many people a text names, and how much of it is something else. */
export function Given({ text }: { text: string }) {
  const { say } = useTexts();
  const { members, others } = listedIn(text);
  if (members.length + others === 0) return null;
  return (
    <p>
      {say('lists.given', { count: members.length })} {others > 0 && say('lists.others', { count: others })}
    </p>
  );
}
