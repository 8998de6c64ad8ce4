import ProgressBar from '@atlaskit/progress-bar';
import type { ReadingProgress } from '../../gen/types';
import { useDesk } from '../page/desk';
import { Moment } from '../shown/moment';
import { sentence } from '../shown/sentence';
import './reading-progress.css';

/** How far a reading has come: first people are listed, then some of them asked one by one. */
export function ReadingProgressBar({ progress }: { progress: ReadingProgress }) {
  const { viewer } = useDesk();
  const number = (value: number) => value.toLocaleString(viewer.locale);
  const { listed, expected, asked, toAsk } = progress;
  const [part, of] = toAsk > 0 ? [asked, toAsk] : [listed, expected ?? 0];
  const text =
    (expected === null ? `${number(listed)} people listed` : `${number(listed)} of ${number(expected)} people listed`) +
    (toAsk > 0 ? `, ${number(asked)} of ${number(toAsk)} asked one by one for their last activity` : '');
  return (
    <div className="reading-progress">
      <ProgressBar ariaLabel={text} isIndeterminate={of === 0} value={of > 0 ? Math.min(part / of, 1) : 0} />
      <span role="status">{text}</span>
      <span>
        Reading since <Moment at={progress.started} />
        {progress.message && `. ${sentence(progress.message)}`}
      </span>
    </div>
  );
}
