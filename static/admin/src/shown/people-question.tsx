import { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import TextArea from '@atlaskit/textarea';
import { useTexts } from '../texts/use-texts';
import { FileQuestion } from './file-question';

interface PeopleQuestionProps {
  text: string;
  isRequired?: boolean;
  /** What is wrong with what stands there now. */
  wrong?: string | undefined;
  onText: (text: string) => void;
}

/** Asks for people: their addresses or ids, pasted or out of a file. */
export function PeopleQuestion({ text, isRequired = false, wrong, onText }: PeopleQuestionProps) {
  const { say } = useTexts();
  return (
    <>
      <Field name="people" label={say('shown.whichPeople')} isRequired={isRequired}>
        {({ fieldProps: { id } }) => (
          <>
            <TextArea
              id={id}
              value={text}
              minimumRows={5}
              maxHeight="200px"
              spellCheck={false}
              isInvalid={wrong !== undefined}
              onChange={(event) => onText(event.currentTarget.value)}
            />
            <HelperMessage>{say('shown.whichPeopleHelp')}</HelperMessage>
            {wrong && <ErrorMessage>{wrong}</ErrorMessage>}
          </>
        )}
      </Field>
      <FileQuestion label={say('shown.orFile')} accept=".csv,.txt,text/csv,text/plain" onText={onText} />
    </>
  );
}
