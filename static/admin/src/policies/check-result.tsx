import SectionMessage from '@atlaskit/section-message';
import type { PolicyError } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { sentence } from '../shown/sentence';
import type { Checked } from './use-policy-check';
import { PlainWords } from '../shown/plain-words';
import { useTexts } from '../texts/use-texts';
import './check-result.css';

/** The core's verdict on a document: what it means in plain words, or every mistake with its place. */
export function CheckResult({ checked: { check, failure } }: { checked: Checked }) {
  const { say } = useTexts();
  if (failure) return <FailureMessage failure={failure} title={say('policies.notChecked')} />;
  return (
    <div role="status">
      {check && 'valid' in check && (
        <SectionMessage appearance="success" title={say('policies.inPlainWords')}>
          <p>
            <PlainWords text={check.valid.description} />
          </p>
        </SectionMessage>
      )}
      {check && 'invalid' in check && (
        <SectionMessage appearance="error" title={say('policies.mistakes', { count: check.invalid.errors.length })}>
          <Mistakes errors={check.invalid.errors} />
        </SectionMessage>
      )}
    </div>
  );
}

/** Mistakes in a document, each with its place in it. */
export function Mistakes({ errors }: { errors: readonly PolicyError[] }) {
  return (
    <ul className="mistakes">
      {errors.map((error) => (
        <li key={`${error.path} ${error.code}`}>
          <code>{error.path}</code>
          <span>{sentence(error.message)}</span>
        </li>
      ))}
    </ul>
  );
}
