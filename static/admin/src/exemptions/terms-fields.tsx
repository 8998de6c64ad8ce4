import { Field, HelperMessage } from '@atlaskit/form';
import Select from '@atlaskit/select';
import { useAnswer } from '../asking/use-answer';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';

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
  const { say } = useTexts();
  const policies = useAnswer<'policies'>({ command: 'policies' });
  const options = (policies.value?.policies ?? []).map(({ reference }) => ({
    label: reference.name,
    value: reference.id,
  }));
  return (
    <>
      <TextQuestion name="expires" label={say('exemptions.lastDay')} type="date" help={say('exemptions.lastDayHelp')} />
      <TextQuestion name="owner" label={say('exemptions.owner')} help={say('exemptions.ownerHelp')} />
      <Field<readonly PolicyOption[] | null>
        name="policies"
        label={say('exemptions.onlyForPolicies')}
        defaultValue={null}
      >
        {({ fieldProps: { id, ...field } }) => (
          <>
            <Select<PolicyOption, true>
              {...field}
              inputId={id}
              isMulti
              options={options}
              placeholder={say('exemptions.everyPolicy')}
              menuPosition="fixed"
            />
            <HelperMessage>{say('exemptions.onlyForPoliciesHelp')}</HelperMessage>
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
