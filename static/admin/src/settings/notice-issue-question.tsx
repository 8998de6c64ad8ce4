import { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import Textfield from '@atlaskit/textfield';
import { Checkbox } from '../shown/checkbox';
import { useTexts } from '../texts/use-texts';
import { NoticeIssueOrders } from './notice-issue-orders';
import { projectOf } from './project-of';

interface NoticeIssueQuestionProps {
  defaultValue: string;
  /** The key of the project that everybody may browse who is written to, as was confirmed. */
  confirmed: string | undefined;
  onConfirm: (project: string | undefined) => void;
}

/** The core takes no longer key. */
const LONGEST = 60;

/** Which issue messages are sent from: typed, or made by the app, and tried at once. What is confirmed of its project is asked anew for another one. */
export function NoticeIssueQuestion({ defaultValue, confirmed, onConfirm }: NoticeIssueQuestionProps) {
  const { say } = useTexts();
  return (
    <Field
      name="issue"
      label={say('settings.noticeIssue')}
      defaultValue={defaultValue}
      isRequired
      validate={(value = '') => (value.trim() ? undefined : say('shown.fillIn'))}
    >
      {({ fieldProps, error }) => {
        const issue = fieldProps.value.trim();
        const project = projectOf(issue);
        return (
          <>
            <Textfield
              {...fieldProps}
              maxLength={LONGEST}
              placeholder={say('settings.noticeIssueExample')}
              autoComplete="off"
              spellCheck={false}
            />
            <HelperMessage>{say('settings.noticeIssueHelp')}</HelperMessage>
            {error && <ErrorMessage>{error}</ErrorMessage>}
            <NoticeIssueOrders issue={issue} onMade={(key) => fieldProps.onChange(key)} />
            <Checkbox
              label={say('settings.everybodyBrowses')}
              help={say('settings.everybodyBrowsesHelp')}
              checked={project !== '' && confirmed === project}
              onChange={(checked) => onConfirm(checked ? project : undefined)}
            />
          </>
        );
      }}
    </Field>
  );
}
