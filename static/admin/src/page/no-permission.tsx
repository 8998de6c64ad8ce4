import EmptyState from '@atlaskit/empty-state';
import type { Failure } from '../failure';
import { sentence } from '../shown/sentence';

/** All that somebody without a role gets to see. */
export function NoPermission({ failure }: { failure: Failure }) {
  return (
    <EmptyState
      header="You do not have access to Seatkeeper"
      headingLevel={2}
      description={
        <>
          <p>Seatkeeper is for people who administer Jira or the organization.</p>
          {failure.hint && <p>{sentence(failure.hint)}</p>}
        </>
      }
    />
  );
}
