import { useDesk } from '../../page/desk';
import { sentence } from '../../shown/sentence';
import { useTexts } from '../../texts/use-texts';
import { isObject, type JsonObject } from '../json';
import type { NextRuns } from './use-next-runs';

/** The next runs in the schedule's own zone, and in the viewer's where that is another. */
export function NextRunsList({ document, next: { runs, failure } }: { document: JsonObject; next: NextRuns }) {
  const { say } = useTexts();
  const { viewer } = useDesk();
  const { schedule } = document;
  if (schedule === undefined) return null;
  const zone = isObject(schedule) && typeof schedule['zone'] === 'string' ? schedule['zone'] : 'UTC';
  const written = (at: string, timeZone: string) =>
    new Date(at).toLocaleString(viewer.locale, { dateStyle: 'full', timeStyle: 'short', timeZone });
  return (
    <section className="preview" aria-label={say('editor.nextRuns')}>
      <h3>{say('editor.nextRuns')}</h3>
      {failure && <p className="preview-note">{sentence(failure.messageIn(say))}</p>}
      {runs?.length === 0 && <p className="preview-note">{say('editor.noNextRuns')}</p>}
      {!runs && !failure && <p className="preview-note">{say('editor.noPreview')}</p>}
      {runs && runs.length > 0 && (
        <>
          <ol className="preview-runs">
            {runs.map((at) => (
              <li key={at}>
                <time dateTime={at} title={written(at, viewer.timeZone)}>
                  {written(at, zone)}
                </time>
              </li>
            ))}
          </ol>
          <p className="preview-note">
            {document['enabled'] === false ? say('editor.runsWhenOn', { zone }) : say('editor.timesIn', { zone })}
          </p>
        </>
      )}
    </section>
  );
}
