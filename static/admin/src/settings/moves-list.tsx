import Lozenge from '@atlaskit/lozenge';
import { ModalTransition } from '@atlaskit/modal-dialog';
import type { Directory, MoveState, NamedMove } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { Account } from '../shown/account';
import { FilledTable } from '../shown/filled-table';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { sentence } from '../shown/sentence';
import { useDialog } from '../shown/use-dialog';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { BeginMoveDialog } from './begin-move-dialog';
import { MoveDialog, type MoveDecision } from './move-dialog';

const headOf = (say: Say) => ({
  cells: [
    { key: 'person', content: say('settings.person'), width: 30 },
    { key: 'state', content: say('settings.moveState'), width: 30 },
    { key: 'asked', content: say('settings.askedBy'), width: 20 },
    { key: 'orders', content: '' },
  ],
});

type Asking = { decision: MoveDecision; move: NamedMove };

/** The moves of people between directories, newest first, and what may be decided on each. */
export function MovesList({ directories }: { directories: Directory[] }) {
  const { say, show } = useTexts();
  const asked = useAnswer<'moves'>({ command: 'moves' });
  const dialog = useDialog<Asking | 'begin'>(asked.again);
  const directoryName = (id: string) => directories.find((directory) => directory.id === id)?.name ?? id;
  return (
    <>
      <AskedView asked={asked} what={say('settings.theMoves')}>
        {({ moves }) => (
          <FilledTable
            label={say('settings.moves')}
            head={headOf(say)}
            empty={say('settings.noMoves')}
            rows={moves.map((move) => ({
              key: move.id,
              cells: [
                {
                  content: (
                    <div className="move-person">
                      <Account id={move.account} name={move.name} />
                      <span className="move-detail">
                        {say('settings.moveFromTo', {
                          from: directoryName(move.from),
                          to: move.to ? directoryName(move.to) : move.resource,
                        })}
                      </span>
                    </div>
                  ),
                },
                { content: <MoveStateText move={move} /> },
                {
                  content: (
                    <div className="move-person">
                      <span>
                        {show('shown.doneBy', {
                          when: <Moment at={move.asked.at} />,
                          who: <Account id={move.asked.by} />,
                        })}
                      </span>
                      <span className="move-detail">{move.reason}</span>
                    </div>
                  ),
                },
                { content: <MoveOrders move={move} onAsk={(decision) => dialog.open({ decision, move })} /> },
              ],
            }))}
          />
        )}
      </AskedView>
      <div>
        <OrderButton by="operator" onClick={() => dialog.open('begin')}>
          {say('settings.beginMove')}
        </OrderButton>
      </div>
      <ModalTransition>
        {dialog.about === 'begin' && (
          <BeginMoveDialog directories={directories} onDone={dialog.done} onClose={dialog.close} />
        )}
      </ModalTransition>
      <ModalTransition>
        {dialog.about && dialog.about !== 'begin' && (
          <MoveDialog {...dialog.about} onDone={dialog.done} onClose={dialog.close} />
        )}
      </ModalTransition>
    </>
  );
}

const APPEARANCES: Record<MoveState, 'default' | 'inprogress' | 'moved' | 'removed' | 'success'> = {
  'awaiting-approval': 'moved',
  inviting: 'inprogress',
  invited: 'inprogress',
  suspending: 'inprogress',
  done: 'success',
  rejected: 'default',
  cancelled: 'default',
  expired: 'default',
  failed: 'removed',
};

function MoveStateText({ move: { state, message } }: { move: NamedMove }) {
  const { say } = useTexts();
  return (
    <div className="move-person">
      <span>
        <Lozenge appearance={APPEARANCES[state]} maxWidth="none">
          {say(`settings.move.${state}`)}
        </Lozenge>
      </span>
      {message && <span className="move-detail">{sentence(message)}</span>}
    </div>
  );
}

/** Before the person loses anything; afterwards the app refuses in words. */
const STOPPABLE: readonly MoveState[] = ['awaiting-approval', 'inviting', 'invited'];

function MoveOrders({ move, onAsk }: { move: NamedMove; onAsk: (decision: MoveDecision) => void }) {
  const { say } = useTexts();
  const person = move.name ?? move.account;
  const decisions: MoveDecision[] =
    move.state === 'awaiting-approval' ? ['approve', 'reject'] : STOPPABLE.includes(move.state) ? ['cancel'] : [];
  return (
    <div className="move-orders">
      {decisions.map((decision) => (
        <OrderButton
          key={decision}
          spacing="compact"
          by={decision === 'approve' ? 'approver' : 'operator'}
          label={say(`settings.${decision}MoveOf`, { person })}
          onClick={() => onAsk(decision)}
        >
          {say(`settings.${decision}Move`)}
        </OrderButton>
      ))}
    </div>
  );
}
