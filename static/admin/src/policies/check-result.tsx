import SectionMessage from '@atlaskit/section-message';
import type { PolicyError } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { sentence } from '../shown/sentence';
import type { Checked } from './use-policy-check';

/** The core's verdict on a document: what it means in plain words, or every mistake with its place. */
export function CheckResult({ checked: { check, failure } }: { checked: Checked }) {
  if (failure) return <FailureMessage failure={failure} title="The document was not checked" />;
  return (
    <div role="status">
      {check && 'valid' in check && (
        <SectionMessage appearance="success" title="In plain words">
          <p>{check.valid.description}</p>
        </SectionMessage>
      )}
      {check && 'invalid' in check && (
        <SectionMessage appearance="error" title={titleOf(check.invalid.errors.length)}>
          <Mistakes errors={check.invalid.errors} />
        </SectionMessage>
      )}
    </div>
  );
}

const titleOf = (mistakes: number): string => (mistakes === 1 ? 'One mistake' : `${mistakes} mistakes`);

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
