import Lozenge from '@atlaskit/lozenge';
import type { LastSeen, RosterRow } from '../../gen/types';
import { productName } from '../overview/product-name';
import { Day } from '../shown/moment';
import { useTexts } from '../texts/use-texts';
import type { Choosable } from './choosable';
import { useDirectoryName } from './directory-names';

const STATUS = {
  active: 'success',
  suspended: 'moved',
  not_invited: 'default',
  deactivated: 'default',
  for_deletion: 'removed',
} as const satisfies Record<NonNullable<RosterRow['status']>, 'default' | 'moved' | 'removed' | 'success'>;

export function StatusLozenge({ status }: { status: RosterRow['status'] }) {
  const { say } = useTexts();
  if (!status) return <span className="people-faint">{say('people.notKnown')}</span>;
  return <Lozenge appearance={STATUS[status]}>{say(`people.status.${status}`)}</Lozenge>;
}

/** When somebody was seen last, or why that cannot be said. */
export function Seen({ seen: { state, at, orLater } }: { seen: LastSeen }) {
  const { say, show } = useTexts();
  if (state === 'seen' && at) {
    return orLater ? show('people.orLater', { day: <Day at={at} /> }) : <Day at={at} />;
  }
  return <span className="people-faint">{say(`people.seen.${state}`)}</span>;
}

export function Cell({ column, row }: { column: Choosable; row: RosterRow }) {
  const { say } = useTexts();
  switch (column) {
    case 'status':
      return <StatusLozenge status={row.status} />;
    case 'lastSeen':
      return <Seen seen={row.lastSeen} />;
    case 'products':
      return <Products row={row} />;
    case 'claim':
      return <>{say(`people.claim.${row.claim ?? 'unknown'}`)}</>;
    case 'added':
      return row.added ? <Day at={row.added} /> : <span className="people-faint">{say('people.notKnown')}</span>;
    case 'directory':
      return <DirectoryOf row={row} />;
    case 'account':
      return <code className="people-account">{row.account}</code>;
  }
}

function DirectoryOf({ row: { directory, elsewhere } }: { row: RosterRow }) {
  const { say } = useTexts();
  const nameOf = useDirectoryName();
  const name = directory ? nameOf(directory) : '–';
  return <>{elsewhere ? say('people.andElsewhere', { name }) : name}</>;
}

function Products({ row: { accesses } }: { row: RosterRow }) {
  const { say } = useTexts();
  if (!accesses) return <span className="people-faint">{say('people.notKnown')}</span>;
  const names = [...new Set(accesses.map(({ product }) => productName(product)))];
  const text = names.length === 0 ? say('people.noAccess') : names.join(', ');
  return <span title={text}>{text}</span>;
}
