import DynamicTable from '@atlaskit/dynamic-table';
import type { Directory, NamedChange } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { useName } from '../shown/names';
import { Pager, usePage } from '../shown/pager';
import { Section } from '../shown/section';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import './changes.css';

const headOf = (say: Say) => ({
  cells: [
    { key: 'person', content: say('changes.person'), width: 34 },
    { key: 'directory', content: say('changes.directory'), width: 18 },
    { key: 'act', content: say('changes.whatWasDone'), width: 14 },
    { key: 'when', content: say('changes.between') },
  ],
});

const ROWS = 50;

/** Suspensions and restores that two readings show and the log does not. */
export function ChangesPage({ directories }: { directories: Directory[] }) {
  const { say } = useTexts();
  const asked = useAnswer<'unexplainedChanges'>({ command: 'unexplainedChanges' });
  return (
    <>
      <Link to={{ page: 'log', by: undefined, value: undefined }}>{say('changes.theLog')}</Link>
      <Section title={say('changes.title')}>
        <p>{say('changes.text')}</p>
        <AskedView asked={asked} what={say('changes.theChanges')}>
          {({ changes }) => <ChangesTable changes={changes} directories={directories} />}
        </AskedView>
      </Section>
    </>
  );
}

function ChangesTable({ changes, directories }: { changes: NamedChange[]; directories: Directory[] }) {
  const { say, show } = useTexts();
  const page = usePage(changes, ROWS, 'changes');
  if (changes.length === 0) return <p>{say('changes.none')}</p>;
  return (
    <div className="changes">
      <span role="status">{say('changes.newestFirst', { count: changes.length })}</span>
      <DynamicTable
        label={say('changes.title')}
        head={headOf(say)}
        rows={page.items.map((change) => ({
          key: `${change.account} ${change.directory} ${change.before}`,
          cells: [
            { content: <Person change={change} /> },
            { content: directories.find(({ id }) => id === change.directory)?.name ?? change.directory },
            { content: say(`changes.act.${change.act}`) },
            {
              content: (
                <span>
                  {show('changes.fromTo', {
                    after: <Moment at={change.after} />,
                    before: <Moment at={change.before} />,
                  })}
                </span>
              ),
            },
          ],
        }))}
      />
      <Pager page={page} label={say('changes.pages')} />
    </div>
  );
}

function Person({ change: { name, account } }: { change: NamedChange }) {
  const found = useName(name ? undefined : account);
  return (
    <div className="changed-person">
      {(name ?? found) && <span>{name ?? found}</span>}
      <code>{account}</code>
    </div>
  );
}
