import SectionMessage, { SectionMessageAction } from '@atlaskit/section-message';
import type { Failure } from '../failure';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';

interface FailureMessageProps {
  failure: Failure;
  /** What was not done, such as "The exemption was not added". */
  title: string;
  again?: () => void;
}

/** What was not done, why, and what to do. */
export function FailureMessage({ failure, title, again }: FailureMessageProps) {
  const { say } = useTexts();
  const hint = failure.hintIn(say);
  return (
    <div role="alert">
      <SectionMessage
        appearance="error"
        title={title}
        actions={
          again
            ? [
                <SectionMessageAction key="again" onClick={again}>
                  {say('shown.tryAgain')}
                </SectionMessageAction>,
              ]
            : []
        }
      >
        <p>{sentence(failure.messageIn(say))}</p>
        {hint && <p>{sentence(hint)}</p>}
      </SectionMessage>
    </div>
  );
}
