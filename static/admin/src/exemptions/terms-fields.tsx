import { Field, HelperMessage } from '@atlaskit/form';
import Select from '@atlaskit/select';
import { useAnswer } from '../asking/use-answer';
import { TextQuestion } from '../shown/text-question';

interface PolicyOption {
  label: string;
  /** The policy's id. */
  value: string;
}

export interface TermsValues {
  owner?: string;
  expires?: string;
  policies?: readonly PolicyOption[] | null;
}

/** Asks who answers for an exemption, how long it lasts and from which policies it shelters: all of it may stay open. */
export function TermsFields() {
  const policies = useAnswer<'policies'>({ command: 'policies' });
  const options = (policies.value?.policies ?? []).map(({ reference }) => ({
    label: reference.name,
    value: reference.id,
  }));
  return (
    <>
      <TextQuestion
        name="expires"
        label="Last day"
        type="date"
        help="It shelters until the end of this day in UTC; without one, until it is removed."
      />
      <TextQuestion name="owner" label="Owner" help="The account of whoever answers for it." />
      <Field<readonly PolicyOption[] | null> name="policies" label="Only for these policies" defaultValue={null}>
        {({ fieldProps: { id, ...field } }) => (
          <>
            <Select<PolicyOption, true>
              {...field}
              inputId={id}
              isMulti
              options={options}
              placeholder="Every policy"
              menuPosition="fixed"
            />
            <HelperMessage>Without any, it shelters from every policy.</HelperMessage>
          </>
        )}
      </Field>
    </>
  );
}

/** What was answered. */
export function termsOf({ owner, expires, policies }: TermsValues) {
  const chosen = (policies ?? []).map(({ value }) => value);
  return {
    owner: owner?.trim() || null,
    expires: expires || null,
    policies: chosen.length > 0 ? chosen : null,
  };
}
