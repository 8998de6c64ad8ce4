import { DynamicTableStateless } from '@atlaskit/dynamic-table';
import { ModalTransition } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import { useMemo, useState } from 'react';
import type { Fate, NamedPerson } from '../../gen/types';
import { ExemptDialog } from '../exemptions/exempt-dialog';
import { useDesk } from '../page/desk';
import { Day } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { Pager, usePage } from '../shown/pager';
import { counted, sentence } from '../shown/sentence';
import { FateLozenge, FATE_ORDER } from './fate';
import './people-table.css';

const HEAD = {
  cells: [
    { key: 'name', content: 'Person', isSortable: true, width: 26 },
    { key: 'fate', content: 'Outcome', isSortable: true, width: 13 },
    { key: 'reason', content: 'Why', width: 37 },
    { key: 'seen', content: 'Last seen', isSortable: true, width: 13 },
    { key: 'orders', content: '' },
  ],
};

const ROWS = 50;

interface Order {
  key: 'name' | 'fate' | 'seen';
  direction: 'ASC' | 'DESC';
}

const SORT_VALUE: Record<Order['key'], (person: NamedPerson) => string> = {
  name: (person) => (person.name ?? person.account).toLowerCase(),
  fate: (person) => String(FATE_ORDER.indexOf(person.fate)),
  seen: (person) => person.before.lastSeen ?? '',
};

function comparison({ key, direction }: Order): (a: NamedPerson, b: NamedPerson) => number {
  const value = SORT_VALUE[key];
  const sign = direction === 'ASC' ? 1 : -1;
  return (a, b) => sign * value(a).localeCompare(value(b));
}

interface PeopleTableProps {
  people: NamedPerson[];
  /** Only people with this fate; all without it. */
  fate: Fate | undefined;
  /** The steps that an approval would hold out, while the plan waits for one. */
  heldOut?: number[];
  onHoldOut?: (steps: number[]) => void;
}

/** One row per person of a plan: who, where they ended, and why. */
export function PeopleTable({ people, fate, heldOut, onHoldOut }: PeopleTableProps) {
  const { viewer } = useDesk();
  const [text, setText] = useState('');
  const [order, setOrder] = useState<Order>({ key: 'fate', direction: 'ASC' });
  const [exempting, setExempting] = useState<NamedPerson>();
  const shown = useMemo(
    () => people.filter((person) => (!fate || person.fate === fate) && mentions(person, text)).sort(comparison(order)),
    [people, fate, text, order],
  );
  const page = usePage(shown, ROWS, JSON.stringify([fate, text, order]));
  const stopExempting = () => setExempting(undefined);
  return (
    <div className="people">
      <div className="people-filter">
        <Textfield
          aria-label="Filter by name, e-mail, account id or reason"
          placeholder="Filter by name, e-mail, account id or reason"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span role="status">{counted(shown.length, 'person', 'people', viewer.locale)}</span>
      </div>
      <DynamicTableStateless
        label="People of this run"
        head={HEAD}
        sortKey={order.key}
        sortOrder={order.direction}
        onSort={({ key, sortOrder }: { key: Order['key']; sortOrder: Order['direction'] }) =>
          setOrder({ key, direction: sortOrder })
        }
        emptyView={<p className="people-nobody">Nobody matches this filter.</p>}
        rows={page.items.map((person) => ({
          key: `${person.account} ${person.directory}`,
          cells: [
            { content: <PersonName person={person} /> },
            { content: <FateLozenge fate={person.fate} /> },
            { content: sentence(person.reason) },
            { content: person.before.lastSeen ? <Day at={person.before.lastSeen} /> : '–' },
            {
              content: (
                <>
                  {heldOut && onHoldOut && person.step !== null && (
                    <HoldOutButton person={person} step={person.step} heldOut={heldOut} onHoldOut={onHoldOut} />
                  )}
                  {person.fate !== 'exempt' && (
                    <OrderButton
                      appearance="subtle"
                      spacing="compact"
                      label={`Exempt ${person.name ?? person.account}`}
                      onClick={() => setExempting(person)}
                    >
                      Exempt
                    </OrderButton>
                  )}
                </>
              ),
            },
          ],
        }))}
      />
      <Pager page={page} label="Pages of people" />
      <ModalTransition>
        {exempting && (
          <ExemptDialog
            account={exempting.account}
            name={exempting.name ?? exempting.account}
            onClose={stopExempting}
          />
        )}
      </ModalTransition>
    </div>
  );
}

interface HoldOutButtonProps {
  person: NamedPerson;
  step: number;
  heldOut: number[];
  onHoldOut: (steps: number[]) => void;
}

/** Takes one person out of the plan that is about to be approved, or puts them back. */
function HoldOutButton({ person, step, heldOut, onHoldOut }: HoldOutButtonProps) {
  const isOut = heldOut.includes(step);
  const text = isOut ? 'Held out' : 'Hold out';
  return (
    <OrderButton
      appearance={isOut ? 'warning' : 'subtle'}
      spacing="compact"
      by="approver"
      label={`${isOut ? 'Put back' : 'Hold out'} ${person.name ?? person.account}`}
      onClick={() => onHoldOut(isOut ? heldOut.filter((other) => other !== step) : [...heldOut, step])}
    >
      {text}
    </OrderButton>
  );
}

function PersonName({ person }: { person: NamedPerson }) {
  return (
    <div className="person">
      {person.name && <span className="person-name">{person.name}</span>}
      {person.email && <span className="person-email">{person.email}</span>}
      <code className="person-account">{person.account}</code>
    </div>
  );
}

function mentions(person: NamedPerson, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return (
    !wanted ||
    [person.name, person.email, person.account, person.reason].some((part) => part?.toLowerCase().includes(wanted))
  );
}
