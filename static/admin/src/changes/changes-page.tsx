import DynamicTable from '@atlaskit/dynamic-table';
import type { Directory, ForeignAct, NamedChange } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { useDesk } from '../page/desk';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { Pager, usePage } from '../shown/pager';
import { Section } from '../shown/section';
import { counted } from '../shown/sentence';
import './changes.css';

const HEAD = {
  cells: [
    { key: 'person', content: 'Person', width: 34 },
    { key: 'directory', content: 'Directory', width: 18 },
    { key: 'act', content: 'What was done', width: 14 },
    { key: 'when', content: 'Between these readings' },
  ],
};

const ACTS: Record<ForeignAct, string> = { suspended: 'Suspended', restored: 'Restored' };

const ROWS = 50;

/** Suspensions and restores that two readings show and the log does not. */
export function ChangesPage({ directories }: { directories: Directory[] }) {
  const asked = useAnswer<'unexplainedChanges'>({ command: 'unexplainedChanges' });
  return (
    <>
      <Link to={{ page: 'log', by: undefined, value: undefined }}>The log</Link>
      <Section title="Changes that are not in the log">
        <p>
          Somebody else did this: an administrator, another tool, or this app installed on another site of the
          organization. Whoever was restored is left alone for 30 days.
        </p>
        <AskedView asked={asked} what="the changes">
          {({ changes }) => <ChangesTable changes={changes} directories={directories} />}
        </AskedView>
      </Section>
    </>
  );
}

function ChangesTable({ changes, directories }: { changes: NamedChange[]; directories: Directory[] }) {
  const { viewer } = useDesk();
  const page = usePage(changes, ROWS, 'changes');
  if (changes.length === 0) return <p>No reading showed such a change.</p>;
  return (
    <div className="changes">
      <span role="status">{counted(changes.length, 'change', 'changes', viewer.locale)}, newest first</span>
      <DynamicTable
        label="Changes that are not in the log"
        head={HEAD}
        rows={page.items.map((change) => ({
          key: `${change.account} ${change.directory} ${change.before}`,
          cells: [
            { content: <Person change={change} /> },
            { content: directories.find(({ id }) => id === change.directory)?.name ?? change.directory },
            { content: ACTS[change.act] },
            {
              content: (
                <span>
                  <Moment at={change.after} /> and <Moment at={change.before} />
                </span>
              ),
            },
          ],
        }))}
      />
      <Pager page={page} label="Pages of changes" />
    </div>
  );
}

function Person({ change: { name, account } }: { change: NamedChange }) {
  return (
    <div className="changed-person">
      {name && <span>{name}</span>}
      <code>{account}</code>
    </div>
  );
}
