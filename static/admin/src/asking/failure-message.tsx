import SectionMessage, { SectionMessageAction } from '@atlaskit/section-message';
import type { Failure } from '../failure';
import { sentence } from '../shown/sentence';

interface FailureMessageProps {
  failure: Failure;
  /** What was not done, such as "The exemption was not added". */
  title: string;
  again?: () => void;
}

/** What was not done, why, and what to do. */
export function FailureMessage({ failure, title, again }: FailureMessageProps) {
  return (
    <div role="alert">
      <SectionMessage
        appearance="error"
        title={title}
        actions={
          again
            ? [
                <SectionMessageAction key="again" onClick={again}>
                  Try again
                </SectionMessageAction>,
              ]
            : []
        }
      >
        <p>{sentence(failure.message)}</p>
        {failure.hint && <p>{sentence(failure.hint)}</p>}
      </SectionMessage>
    </div>
  );
}
