import EmptyState from '@atlaskit/empty-state';
import type { Failure } from '../failure';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';

/** All that somebody without a role gets to see. */
export function NoPermission({ failure }: { failure: Failure }) {
  const { say } = useTexts();
  const hint = failure.hintIn(say);
  return (
    <EmptyState
      header={say('page.noAccess')}
      headingLevel={2}
      description={
        <>
          <p>{say('page.forWhom')}</p>
          {hint && <p>{sentence(hint)}</p>}
        </>
      }
    />
  );
}
