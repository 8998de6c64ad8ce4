import Lozenge from '@atlaskit/lozenge';
import type { LastSeen, RosterColumn, RosterRow } from '../../gen/types';
import { productName } from '../overview/product-name';
import { Day } from '../shown/moment';
import { useTexts } from '../texts/use-texts';

/** The columns that can be chosen, in their order; who a row is about always stands before them. */
export const CHOOSABLE = ['status', 'lastSeen', 'products', 'claim', 'added', 'directory', 'account'] as const;
export type Choosable = (typeof CHOOSABLE)[number];

export const USUAL: readonly Choosable[] = ['status', 'lastSeen', 'products', 'claim'];

/** How wide a column is, and what it is sorted by. */
export const COLUMN: Record<Choosable, { width: string; sort?: RosterColumn }> = {
  status: { width: 'minmax(104px, 0.7fr)', sort: 'status' },
  lastSeen: { width: 'minmax(120px, 0.8fr)', sort: 'lastSeen' },
  products: { width: 'minmax(140px, 1.2fr)', sort: 'products' },
  claim: { width: 'minmax(92px, 0.6fr)' },
  added: { width: 'minmax(108px, 0.7fr)', sort: 'added' },
  directory: { width: 'minmax(120px, 0.8fr)' },
  account: { width: 'minmax(160px, 1fr)' },
};

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
      return <>{row.elsewhere ? say('people.andElsewhere', { name: row.directory ?? '–' }) : (row.directory ?? '–')}</>;
    case 'account':
      return <code className="people-account">{row.account}</code>;
  }
}

function Products({ row: { accesses } }: { row: RosterRow }) {
  const { say } = useTexts();
  if (!accesses) return <span className="people-faint">{say('people.notKnown')}</span>;
  const names = [...new Set(accesses.map(({ product }) => productName(product)))];
  const text = names.length === 0 ? say('people.noAccess') : names.join(', ');
  return <span title={text}>{text}</span>;
}
