import { DraftProvider } from '../policies/editor/draft';
import { MessageInput } from '../policies/editor/field/message-field';
import type { Json } from '../policies/json';
import { useTexts } from '../texts/use-texts';

/** What the message can say; the core refuses others. */
const VARIABLES = '{name} {contact} {policy}';

const DRAFT = { errors: [], readOnly: false, names: {} };

interface RestoredWordsQuestionProps {
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}

/** The organization's own words for the message that an access is back. */
export function RestoredWordsQuestion({ value, onChange }: RestoredWordsQuestionProps) {
  const { say } = useTexts();
  return (
    <DraftProvider value={DRAFT}>
      <MessageInput
        label={say('settings.restoredWords')}
        help={say('settings.restoredWordsHelp', { variables: VARIABLES })}
        path="$.restoredWords"
        value={value}
        onChange={onChange}
      />
    </DraftProvider>
  );
}
