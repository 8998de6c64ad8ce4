import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { NamedPerson } from '../../gen/types';
import type { PlainKey } from '../texts/catalogue';
import { SortHeading } from '../shown/sort-heading';
import { useTexts } from '../texts/use-texts';
import { PersonCells, type PersonRowProps } from './person-row';
import '../shown/virtual-table.css';
import './virtual-people.css';

/** The height of a row that was not measured yet, in pixels. */
const ROW = 72;
/** So many rows are painted beyond what is seen. */
const BEYOND = 8;

/** What a person's row is sorted by. */
export type SortKey = 'name' | 'fate' | 'seen';

export interface Order {
  key: SortKey;
  descending: boolean;
}

interface VirtualPeopleProps extends Omit<PersonRowProps, 'person'> {
  /** Those who are shown, in their order. */
  people: NamedPerson[];
  order: Order;
  onOrder: (key: SortKey) => void;
}

/** People of a run, be they thousands: only the rows that are seen are in the document. */
export function VirtualPeople({ people, order, onOrder, ...rest }: VirtualPeopleProps) {
  const { say } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  // Its functions change with every scroll, and nothing below keeps one.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: people.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    getItemKey: (at) => keyOf(people[at], at),
    overscan: BEYOND,
  });
  if (people.length === 0) return <p className="people-nobody">{say('runs.nobodyMatches')}</p>;
  return (
    // Scrolled to by keyboard, too.
    <div className="run-people virtual-table" ref={box} tabIndex={0} role="region" aria-label={say('runs.peopleOfRun')}>
      <div role="table" aria-label={say('runs.peopleOfRun')} aria-rowcount={people.length + 1} className="virtual-grid">
        <div role="rowgroup" className="virtual-head">
          <div role="row" aria-rowindex={1} className="run-people-cells virtual-cells">
            {HEADINGS.map(({ title, sort }) => (
              <SortHeading
                key={title}
                title={say(title)}
                sorted={order.key !== sort ? 'none' : order.descending ? 'descending' : 'ascending'}
                onSort={sort && (() => onOrder(sort))}
              />
            ))}
          </div>
        </div>
        <div role="rowgroup" className="virtual-body" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const person = people[index];
            return (
              person && (
                <div
                  key={key}
                  ref={virtual.measureElement}
                  role="row"
                  aria-rowindex={index + 2}
                  data-index={index}
                  className="run-people-cells virtual-cells virtual-row"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <PersonCells person={person} {...rest} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

const keyOf = (person: NamedPerson | undefined, at: number): string =>
  person ? `${person.account} ${person.directory}` : String(at);

const HEADINGS: readonly { title: PlainKey; sort?: SortKey }[] = [
  { title: 'runs.person', sort: 'name' },
  { title: 'runs.outcome', sort: 'fate' },
  { title: 'runs.what' },
  { title: 'runs.why' },
  { title: 'runs.lastSeen', sort: 'seen' },
  { title: 'runs.orders' },
];
