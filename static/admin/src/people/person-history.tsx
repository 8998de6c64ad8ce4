import type { StoredEntry } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { entryOf } from '../log/entry';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { Section } from '../shown/section';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';

/** So many entries are shown here; the log has them all. */
const SHOWN = 8;

/** What was done to somebody, newest first. */
export function PersonHistory({ account }: { account: string }) {
  const { say } = useTexts();
  const log = useAnswer<'log'>({ command: 'log', filter: { subject: account }, cursor: null });
  return (
    <Section title={say('people.history')}>
      <AskedView asked={log} what={say('people.theHistory')}>
        {({ entries }) =>
          entries.length === 0 ? (
            <p>{say('people.noHistory')}</p>
          ) : (
            <>
              <ul className="person-list">
                {entries.slice(0, SHOWN).map((stored) => (
                  <Line key={stored.seq} stored={stored} />
                ))}
              </ul>
              <Link to={{ page: 'log', by: 'subject', value: account }}>{say('people.wholeHistory')}</Link>
            </>
          )
        }
      </AskedView>
    </Section>
  );
}

function Line({ stored }: { stored: StoredEntry }) {
  const { say } = useTexts();
  const entry = entryOf(stored);
  if (!entry) return <li>{say('log.cannotBeRead')}</li>;
  return (
    <li>
      <span className="person-line">
        <strong>{sentence(`${entry.action.replaceAll('-', ' ')}: ${entry.outcome}`).slice(0, -1)}</strong>
        <Moment at={entry.time} />
      </span>
      {entry.reason && <span className="person-note">{sentence(entry.reason)}</span>}
    </li>
  );
}
