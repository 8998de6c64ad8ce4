import DynamicTable from '@atlaskit/dynamic-table';
import Lozenge from '@atlaskit/lozenge';
import { useState } from 'react';
import type { List, PolicySummary } from '../../../gen/types';
import { Account } from '../../shown/account';
import { Moment } from '../../shown/moment';
import { OrderButton } from '../../shown/order-button';
import type { Say } from '../../texts/texts';
import { useTexts } from '../../texts/use-texts';
import { TableOrders } from '../table-orders';
import { UsedBy } from '../used-by';
import { decidesUntil } from './list-age';
import './list-table.css';

/** What is wanted of a list. */
export interface ListOrder {
  to: 'look' | 'change' | 'drop';
  list: List;
}

interface ListTableProps {
  lists: List[];
  using: (name: string) => PolicySummary[] | undefined;
  onOrder: (order: ListOrder) => void;
}

const headOf = (say: Say) => ({
  cells: [
    { key: 'name', content: say('lists.name'), isSortable: true, width: 17 },
    { key: 'members', content: say('lists.people'), isSortable: true, width: 16 },
    { key: 'imported', content: say('lists.imported'), isSortable: true, width: 25 },
    { key: 'used', content: say('settings.usedBy'), width: 16 },
    { key: 'orders', content: '' },
  ],
});

/** The lists with how many are on them, how old they are and what rests on them. */
export function ListTable({ lists, using, onOrder }: ListTableProps) {
  const { say } = useTexts();
  return (
    <DynamicTable
      label={say('lists.title')}
      head={headOf(say)}
      rows={lists.map((list) => {
        const { name, members, imported } = list;
        return {
          key: name,
          cells: [
            { key: name, content: <strong className="list-name">{name}</strong> },
            {
              key: members,
              content: (
                <div className="list-look">
                  <OrderButton
                    spacing="compact"
                    appearance="subtle"
                    label={say('lists.showMembersOf', { count: members, name })}
                    onClick={() => onOrder({ to: 'look', list })}
                  >
                    {say('lists.membersCount', { count: members })}
                  </OrderButton>
                </div>
              ),
            },
            { key: imported, content: <Imported list={list} /> },
            { content: <UsedBy policies={using(name)} /> },
            {
              content: (
                <TableOrders>
                  <OrderButton
                    spacing="compact"
                    appearance="subtle"
                    label={say('lists.changeOf', { name })}
                    onClick={() => onOrder({ to: 'change', list })}
                  >
                    {say('lists.change')}
                  </OrderButton>
                  <OrderButton
                    spacing="compact"
                    appearance="subtle"
                    label={say('lists.dropOf', { name })}
                    onClick={() => onOrder({ to: 'drop', list })}
                  >
                    {say('lists.drop')}
                  </OrderButton>
                </TableOrders>
              ),
            },
          ],
        };
      })}
    />
  );
}

/** When it was imported, until when it decides, and what is odd about it. */
function Imported({ list: { imported, by, members, had, hasShrunk } }: { list: List }) {
  const { say, show } = useTexts();
  const until = decidesUntil(imported);
  const [now] = useState(() => Date.now());
  const isOver = Date.parse(until) <= now;
  return (
    <div className="list-imported">
      <span>{show('shown.doneBy', { when: <Moment at={imported} />, who: <Account id={by} /> })}</span>
      {isOver ? (
        <Lozenge appearance="removed">{say('lists.tooOld')}</Lozenge>
      ) : (
        <span className="list-until">{show('lists.decidesUntil', { when: <Moment at={until} /> })}</span>
      )}
      {hasShrunk && had !== null && <Lozenge appearance="moved">{say('lists.shrunk', { had, members })}</Lozenge>}
    </div>
  );
}
