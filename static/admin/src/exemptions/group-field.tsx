import { ErrorMessage, Field } from '@atlaskit/form';
import { AsyncSelect } from '@atlaskit/select';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';
import { useGroupSearch, type GroupOption } from './use-group-search';

export type { GroupOption };

/** Chooses a group of the organization by its name. */
export function GroupField() {
  const { say } = useTexts();
  const { find, failure } = useGroupSearch();
  return (
    <Field<GroupOption | null>
      name="group"
      label={say('exemptions.group')}
      isRequired
      defaultValue={null}
      validate={(value) => (value ? undefined : 'EMPTY')}
    >
      {({ fieldProps: { id, ...field }, error }) => (
        <>
          <AsyncSelect<GroupOption>
            {...field}
            inputId={id}
            defaultOptions
            loadOptions={find}
            placeholder={say('exemptions.typePartOfName')}
            menuPosition="fixed"
          />
          {failure && (
            <ErrorMessage>{say('exemptions.groupsNotFound', { why: sentence(failure.messageIn(say)) })}</ErrorMessage>
          )}
          {error && !failure && <ErrorMessage>{say('exemptions.chooseGroup')}</ErrorMessage>}
        </>
      )}
    </Field>
  );
}
