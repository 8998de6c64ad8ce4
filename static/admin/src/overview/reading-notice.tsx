import SectionMessage from '@atlaskit/section-message';
import type { Reading } from '../../gen/types';
import { openSuspicions } from '../known/open-suspicions';
import { ReadingProgressBar } from '../known/reading-progress';
import { Link } from '../shown/link';
import { useTexts } from '../texts/use-texts';

/** On the first page: a reading under way, and whether the newest may not be acted on. */
export function ReadingNotice({ reading: { snapshot, progress } }: { reading: Reading }) {
  const { say, show } = useTexts();
  const isSuspect = snapshot !== null && openSuspicions(snapshot).length > 0;
  return (
    <>
      {progress && <ReadingProgressBar progress={progress} />}
      {isSuspect && (
        <SectionMessage appearance="warning" title={say('overview.readingSuspect')}>
          <p>{show('overview.runsWait', { link: <Link to={{ page: 'known' }}>{say('overview.seeWhy')}</Link> })}</p>
        </SectionMessage>
      )}
    </>
  );
}
