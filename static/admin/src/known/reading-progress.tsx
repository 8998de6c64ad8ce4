import ProgressBar from '@atlaskit/progress-bar';
import type { ReadingProgress } from '../../gen/types';
import { Moment } from '../shown/moment';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';
import './reading-progress.css';

/** How far a reading has come: first people are listed, then some of them asked one by one. */
export function ReadingProgressBar({ progress }: { progress: ReadingProgress }) {
  const { say, show } = useTexts();
  const { listed, expected, asked, toAsk } = progress;
  const [part, of] = toAsk > 0 ? [asked, toAsk] : [listed, expected ?? 0];
  const people = expected === null ? say('known.listed', { listed }) : say('known.listedOf', { listed, expected });
  const text = toAsk > 0 ? say('known.listedAndAsked', { listed: people, asked, of: toAsk }) : people;
  const when = <Moment at={progress.started} />;
  return (
    <div className="reading-progress">
      <ProgressBar ariaLabel={text} isIndeterminate={of === 0} value={of > 0 ? Math.min(part / of, 1) : 0} />
      <span role="status">{text}</span>
      <span>
        {progress.message
          ? show('known.readingSinceAnd', { when, message: sentence(progress.message) })
          : show('known.readingSince', { when })}
      </span>
    </div>
  );
}
