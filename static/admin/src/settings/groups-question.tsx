import { ErrorMessage, Field, HelperMessage } from '@atlaskit/form';
import { AsyncSelect } from '@atlaskit/select';
import { useGroupSearch, type GroupOption } from '../exemptions/use-group-search';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';

interface GroupsQuestionProps {
  name: string;
  label: string;
  help: string;
  most: number;
  /** What is said when more are chosen. */
  tooMany: string;
  defaultValue: readonly GroupOption[];
  /** Is called whenever others are chosen. */
  onChange?: () => void;
}

/** A form's question that some groups of the organization answer, or none. */
export function GroupsQuestion({ name, label, help, most, tooMany, defaultValue, onChange }: GroupsQuestionProps) {
  const { say } = useTexts();
  const { find, failure } = useGroupSearch();
  return (
    <Field<readonly GroupOption[]>
      name={name}
      label={label}
      defaultValue={defaultValue}
      validate={(chosen = []) => (chosen.length > most ? 'MANY' : undefined)}
    >
      {({ fieldProps: { id, ...field }, error }) => (
        <>
          <AsyncSelect<GroupOption, true>
            {...field}
            inputId={id}
            isMulti
            defaultOptions
            loadOptions={find}
            onChange={(chosen) => {
              field.onChange(chosen);
              onChange?.();
            }}
            placeholder={say('exemptions.typePartOfName')}
            menuPosition="fixed"
          />
          <HelperMessage>{help}</HelperMessage>
          {failure && (
            <ErrorMessage>{say('exemptions.groupsNotFound', { why: sentence(failure.messageIn(say)) })}</ErrorMessage>
          )}
          {error && !failure && <ErrorMessage>{tooMany}</ErrorMessage>}
        </>
      )}
    </Field>
  );
}
