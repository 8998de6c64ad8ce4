import DynamicTable from '@atlaskit/dynamic-table';
import Lozenge from '@atlaskit/lozenge';
import type { StoredEntry } from '../../gen/types';
import { useDesk } from '../page/desk';
import { Account } from '../shown/account';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { sentence } from '../shown/sentence';
import { entryOf, type Entry } from './entry';
import type { Term } from './filter';

const HEAD = {
  cells: [
    { key: 'time', content: 'When', width: 15 },
    { key: 'action', content: 'What', width: 14 },
    { key: 'outcome', content: 'Outcome', width: 11 },
    { key: 'subject', content: 'On whom, and why', width: 36 },
    { key: 'actor', content: 'By whom', width: 14 },
    { key: 'run', content: 'Run' },
  ],
};

interface LogTableProps {
  entries: StoredEntry[];
  onFilter: (by: Term, value: string) => void;
}

/** Entries, newest first. */
export function LogTable({ entries, onFilter }: LogTableProps) {
  return (
    <DynamicTable
      label="Log entries, newest first"
      head={HEAD}
      rows={entries.map((stored) => {
        const entry = entryOf(stored);
        return { key: String(stored.seq), cells: entry ? cellsOf(stored, entry, onFilter) : brokenCells(stored) };
      })}
    />
  );
}

function cellsOf(stored: StoredEntry, entry: Entry, onFilter: LogTableProps['onFilter']) {
  return [
    {
      content: (
        <div className="log-place">
          <Moment at={entry.time} />
          <span className="log-number" title={stored.hash}>
            № {stored.seq}
          </span>
        </div>
      ),
    },
    { content: actionText(entry.action) },
    { content: <OutcomeLozenge outcome={entry.outcome} /> },
    { content: <SubjectCell entry={entry} onFilter={onFilter} /> },
    { content: <Actor actor={entry.actor} /> },
    {
      content: entry.run ? (
        <Link to={{ page: 'run', id: entry.run }}>{entry.policy ?? entry.run}</Link>
      ) : (
        (entry.policy ?? '')
      ),
    },
  ];
}

function brokenCells(stored: StoredEntry) {
  return [{ content: `№ ${stored.seq}` }, { content: 'this entry cannot be read: verify the chain', colSpan: 5 }];
}

function SubjectCell({ entry, onFilter }: { entry: Entry; onFilter: LogTableProps['onFilter'] }) {
  const { subject, subjects, reason, approval } = entry;
  return (
    <div className="log-subject">
      {subject && <SubjectLink subject={subject} onFilter={onFilter} />}
      {subjects?.map((each) => (
        <SubjectLink key={each} subject={each} onFilter={onFilter} />
      ))}
      {reason && <span className="log-reason">{sentence(reason)}</span>}
      {approval && (
        <span className="log-reason">
          Approved by <Account id={approval.account} />
          {approval.reference && ` (${approval.reference})`}
        </span>
      )}
    </div>
  );
}

/** Leads to everything that was done to one person. */
function SubjectLink({ subject, onFilter }: { subject: string; onFilter: LogTableProps['onFilter'] }) {
  const { viewer } = useDesk();
  return (
    <button type="button" className="link-button" onClick={() => onFilter('subject', subject)}>
      {subject === viewer.accountId ? 'you' : subject}
    </button>
  );
}

const PERSON = 'person:';

function Actor({ actor }: { actor: string }) {
  return actor.startsWith(PERSON) ? <Account id={actor.slice(PERSON.length)} /> : <>{sentence(actor).slice(0, -1)}</>;
}

/** `save-policy` reads as "Save policy". */
const actionText = (action: string): string => sentence(action.replaceAll('-', ' ')).slice(0, -1);

const OUTCOMES: Record<string, 'default' | 'inprogress' | 'removed' | 'success'> = {
  done: 'success',
  already: 'success',
  intent: 'inprogress',
  failed: 'removed',
  'not-done': 'default',
  skipped: 'default',
};

function OutcomeLozenge({ outcome }: { outcome: string }) {
  return <Lozenge appearance={OUTCOMES[outcome] ?? 'default'}>{outcome.replaceAll('-', ' ')}</Lozenge>;
}
