import DynamicTable from '@atlaskit/dynamic-table';
import type { StoredEntry } from '../../gen/types';
import { isByHand } from '../runs/by-hand';
import { Account, useCalled } from '../shown/account';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { sentence } from '../shown/sentence';
import { accountInSubject, accountOf, entryOf, newestFirst, type Entry } from './entry';
import type { Term } from './filter';
import { OutcomeLozenge } from './outcome-lozenge';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import '../shown/text-button.css';

const headOf = (say: Say) => ({
  cells: [
    { key: 'time', content: say('log.when'), width: 15 },
    { key: 'action', content: say('log.what'), width: 14 },
    { key: 'outcome', content: say('log.outcome'), width: 11 },
    { key: 'subject', content: say('log.onWhomAndWhy'), width: 36 },
    { key: 'actor', content: say('log.byWhom'), width: 14 },
    { key: 'run', content: say('log.run') },
  ],
});

interface LogTableProps {
  entries: StoredEntry[];
  onFilter: (by: Term, value: string) => void;
}

/** Entries, newest first. */
export function LogTable({ entries, onFilter }: LogTableProps) {
  const { say } = useTexts();
  return (
    <DynamicTable
      label={say('log.newestFirst')}
      head={headOf(say)}
      rows={newestFirst(entries).map((stored) => {
        const entry = entryOf(stored);
        return {
          key: String(stored.seq),
          cells: entry ? cellsOf(stored, entry, onFilter, say) : brokenCells(stored, say),
        };
      })}
    />
  );
}

function cellsOf(stored: StoredEntry, entry: Entry, onFilter: LogTableProps['onFilter'], say: Say) {
  return [
    {
      content: (
        <div className="log-place">
          <Moment at={entry.time} />
          <span className="log-number" title={stored.hash}>
            {say('log.number', { number: String(stored.seq) })}
          </span>
        </div>
      ),
    },
    { content: <Choice by="action" value={entry.action} text={actionText(entry.action)} onFilter={onFilter} /> },
    { content: <OutcomeLozenge outcome={entry.outcome} /> },
    { content: <SubjectCell entry={entry} onFilter={onFilter} /> },
    { content: <Actor actor={entry.actor} onFilter={onFilter} /> },
    { content: <RunCell entry={entry} /> },
  ];
}

/** The run, under the name of its policy. */
function RunCell({ entry: { run, policy } }: { entry: Entry }) {
  const { say } = useTexts();
  const text = policy && isByHand(policy) ? say('runs.kind.byHand') : (policy ?? run ?? '');
  return run ? <Link to={{ page: 'run', id: run }}>{text}</Link> : <>{text}</>;
}

function brokenCells(stored: StoredEntry, say: Say) {
  return [
    { content: say('log.number', { number: String(stored.seq) }) },
    { content: say('log.cannotBeRead'), colSpan: 5 },
  ];
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
          <Approved approval={approval} />
        </span>
      )}
    </div>
  );
}

function Approved({ approval: { account, reference } }: { approval: NonNullable<Entry['approval']> }) {
  const { show } = useTexts();
  const who = <Account id={account} />;
  return reference ? show('log.approvedByWith', { who, reference }) : show('log.approvedBy', { who });
}

/** Leads to everything that was done to one person. */
function SubjectLink({ subject, onFilter }: { subject: string; onFilter: LogTableProps['onFilter'] }) {
  const called = useCalled(accountInSubject(subject));
  return <Choice by="subject" value={subject} text={called ?? subject} id={subject} onFilter={onFilter} />;
}

interface ChoiceProps extends Pick<LogTableProps, 'onFilter'> {
  by: Term;
  value: string;
  text: string;
  /** What stands behind a name. */
  id?: string | undefined;
}

/** Leads to every entry that says the same. */
function Choice({ by, value, text, id, onFilter }: ChoiceProps) {
  return (
    <button
      type="button"
      title={id === text ? undefined : id}
      className={by === 'subject' && text === id ? 'text-button link-button link-code' : 'text-button link-button'}
      onClick={() => onFilter(by, value)}
    >
      {text}
    </button>
  );
}

function Actor({ actor, onFilter }: { actor: string; onFilter: LogTableProps['onFilter'] }) {
  const account = accountOf(actor);
  const called = useCalled(account);
  const text = called ?? account ?? sentence(actor).slice(0, -1);
  return <Choice by="actor" value={actor} text={text} id={account} onFilter={onFilter} />;
}

/** `save-policy` reads as "Save policy": actions are the core's own words. */
const actionText = (action: string): string => sentence(action.replaceAll('-', ' ')).slice(0, -1);
