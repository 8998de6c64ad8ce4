import { ErrorMessage, Field } from '@atlaskit/form';
import { AsyncSelect } from '@atlaskit/select';
import { useState } from 'react';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';

export interface GroupOption {
  label: string;
  /** The group's UUID. */
  value: string;
}

/** Chooses a group of the organization by its name. */
export function GroupField() {
  const { backend } = useDesk();
  const { say } = useTexts();
  const [failure, setFailure] = useState<Failure>();

  const find = async (term: string): Promise<GroupOption[]> => {
    try {
      const { groups } = await backend.call<'findGroups'>({ command: 'findGroups', term });
      setFailure(undefined);
      return groups.map((group) => ({ label: group.name, value: group.id }));
    } catch (cause) {
      setFailure(Failure.from(cause));
      return [];
    }
  };

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
