import SectionMessage from '@atlaskit/section-message';
import type { Reading } from '../../gen/types';
import { openSuspicions } from '../known/open-suspicions';
import { ReadingProgressBar } from '../known/reading-progress';
import { Link } from '../shown/link';

/** On the first page: a reading under way, and whether the newest may not be acted on. */
export function ReadingNotice({ reading: { snapshot, progress } }: { reading: Reading }) {
  const isSuspect = snapshot !== null && openSuspicions(snapshot).length > 0;
  return (
    <>
      {progress && <ReadingProgressBar progress={progress} />}
      {isSuspect && (
        <SectionMessage appearance="warning" title="The newest reading is suspect">
          <p>
            Runs that act wait for a better one. <Link to={{ page: 'known' }}>See why, and what to do</Link>
          </p>
        </SectionMessage>
      )}
    </>
  );
}
