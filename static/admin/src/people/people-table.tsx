import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useMemo, useRef, type KeyboardEvent } from 'react';
import type { RosterColumn, RosterRow } from '../../gen/types';
import type { Roster } from '../core';
import { SortHeading } from '../shown/sort-heading';
import { useTexts } from '../texts/use-texts';
import { CHOOSABLE, COLUMN, type Choosable } from './choosable';
import { Cell } from './columns';
import type { Order } from './query';
import '../shown/text-button.css';
import '../shown/virtual-table.css';
import './people-table.css';

/** The height of a row, in pixels. */
const ROW = 48;
/** Rows are taken from the core so many at a time. */
const BLOCK = 25;
/** So many rows are painted beyond what is seen. */
const BEYOND = 8;

export interface PeopleTableProps {
  roster: Roster;
  /** Another one for each filter and order: the rows are taken anew. */
  version: unknown;
  shown: number;
  columns: readonly Choosable[];
  order: Order;
  chosen: ReadonlySet<string>;
  /** Whose panel is open. */
  open: string | undefined;
  onOrder: (column: RosterColumn) => void;
  onChoose: (account: string) => void;
  onOpen: (account: string) => void;
}

/** Everybody who is shown; only the rows that are seen are in the document. */
export function PeopleTable(props: PeopleTableProps) {
  const { roster, version, shown, columns, chosen, open, onChoose, onOpen } = props;
  const { say } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  // Its functions change with every scroll, and nothing below keeps one.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: shown,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: BEYOND,
  });
  const seen = virtual.getVirtualItems();
  const from = Math.floor((seen[0]?.index ?? 0) / BLOCK) * BLOCK;
  const to = Math.ceil(((seen.at(-1)?.index ?? -1) + 1) / BLOCK) * BLOCK;
  const rows = useMemo(
    () => ({ version, list: to > from ? roster.rows(from, to - from) : [] }),
    [roster, version, from, to],
  );
  const listed = CHOOSABLE.filter((column) => columns.includes(column));
  const tracks = ['20px', 'minmax(150px, 1.6fr)', ...listed.map((column) => COLUMN[column].width)].join(' ');

  /** Arrows, Home and End go from person to person; the row is scrolled to before it gets the focus. */
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = Number((event.target as HTMLElement).closest<HTMLElement>('[data-at]')?.dataset['at'] ?? Number.NaN);
    const step = STEPS[event.key];
    if (Number.isNaN(at) || !step) return;
    event.preventDefault();
    const next = Math.min(Math.max(step(at, shown), 0), shown - 1);
    virtual.scrollToIndex(next);
    focusSoon(box.current, next);
  };

  return (
    <div className="people-table virtual-table" ref={box} onKeyDown={walk}>
      <div role="table" aria-label={say('people.everybody')} aria-rowcount={shown + 1} className="virtual-grid">
        <div role="rowgroup" className="virtual-head">
          <Head {...props} listed={listed} tracks={tracks} />
        </div>
        <div role="rowgroup" className="virtual-body" style={{ height: virtual.getTotalSize() }}>
          {seen.map(({ index, start }) => {
            const row = rows.list[index - from];
            return (
              row && (
                <Row
                  key={index}
                  at={index}
                  start={start}
                  row={row}
                  columns={listed.join()}
                  tracks={tracks}
                  isChosen={chosen.has(row.account)}
                  isOpen={open === row.account}
                  onChoose={onChoose}
                  onOpen={onOpen}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

const PAGE = 10;

const STEPS: Partial<Record<string, (at: number, of: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + PAGE,
  PageUp: (at) => at - PAGE,
  Home: () => 0,
  End: (_, of) => of - 1,
};

/** A row that was not painted yet gets the focus as soon as it is. */
function focusSoon(box: HTMLElement | null, at: number, attempts = 10): void {
  const name = box?.querySelector<HTMLElement>(`[data-at="${at}"] .people-name`);
  if (name) name.focus({ preventScroll: true });
  else if (attempts > 0) requestAnimationFrame(() => focusSoon(box, at, attempts - 1));
}

type HeadProps = PeopleTableProps & { listed: Choosable[]; tracks: string };

function Head({ listed, tracks, order, onOrder }: HeadProps) {
  const { say } = useTexts();
  const heading = (title: string, sort: RosterColumn | undefined) => (
    <SortHeading
      key={title}
      title={title}
      sorted={order.column !== sort ? 'none' : order.descending ? 'descending' : 'ascending'}
      onSort={sort && (() => onOrder(sort))}
    />
  );
  return (
    <div role="row" aria-rowindex={1} className="people-cells virtual-cells" style={{ gridTemplateColumns: tracks }}>
      <span role="columnheader">
        <span className="people-hidden">{say('people.chosen')}</span>
      </span>
      {heading(say('people.column.name'), 'name')}
      {listed.map((column) => heading(say(`people.column.${column}`), COLUMN[column].sort))}
    </div>
  );
}

interface RowProps {
  at: number;
  start: number;
  row: RosterRow;
  /** The columns between commas, so that the same ones are equal. */
  columns: string;
  tracks: string;
  isChosen: boolean;
  isOpen: boolean;
  onChoose: (account: string) => void;
  onOpen: (account: string) => void;
}

const Row = memo(function Row({ at, start, row, columns, tracks, isChosen, isOpen, onChoose, onOpen }: RowProps) {
  const { say } = useTexts();
  const name = row.name ?? row.email ?? row.account;
  const place = { gridTemplateColumns: tracks, transform: `translateY(${start}px)` };
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      data-at={at}
      data-open={isOpen}
      data-chosen={isChosen}
      className="people-cells people-person virtual-cells virtual-row"
      style={place}
    >
      <span role="cell">
        <input
          type="checkbox"
          aria-label={say('people.chooseOne', { name })}
          checked={isChosen}
          onChange={() => onChoose(row.account)}
        />
      </span>
      <span role="cell" className="people-who">
        <button
          type="button"
          className="text-button people-name"
          aria-expanded={isOpen}
          onClick={() => onOpen(row.account)}
        >
          {name}
        </button>
        {row.email && row.email !== name && <span className="people-email">{row.email}</span>}
      </span>
      {columns !== '' &&
        (columns.split(',') as Choosable[]).map((column) => (
          <span role="cell" key={column} className="people-cell">
            <Cell column={column} row={row} />
          </span>
        ))}
    </div>
  );
});
