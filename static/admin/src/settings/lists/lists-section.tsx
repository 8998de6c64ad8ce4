import EmptyState from '@atlaskit/empty-state';
import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import { AskedView } from '../../asking/asked';
import { useAnswer } from '../../asking/use-answer';
import type { AnswerTo } from '../../protocol';
import { OrderButton } from '../../shown/order-button';
import { Section } from '../../shown/section';
import { useTexts } from '../../texts/use-texts';
import { policiesOnList } from '../policies-with';
import { ChangeListDialog } from './change-list-dialog';
import { DropListDialog } from './drop-list-dialog';
import { ListTable, type ListOrder } from './list-table';
import { MembersDialog } from './members-dialog';
import { NewListDialog } from './new-list-dialog';

/** Lists of people that policies may rest on. */
export function ListsSection() {
  const { say } = useTexts();
  const lists = useAnswer<'lists'>({ command: 'lists' });
  const policies = useAnswer<'policies'>({ command: 'policies' }).value?.policies;
  const [creating, setCreating] = useState(false);
  const [asked, setAsked] = useState<ListOrder>();
  const close = () => {
    setCreating(false);
    setAsked(undefined);
  };
  const done = (answer: AnswerTo<'lists'>) => {
    close();
    lists.replace(answer);
  };
  const using = (name: string) => policies && policiesOnList(policies, name);
  return (
    <Section
      title={say('lists.title')}
      actions={
        <OrderButton appearance="primary" onClick={() => setCreating(true)}>
          {say('lists.create')}
        </OrderButton>
      }
    >
      <p>{say('lists.text')}</p>
      <AskedView asked={lists} what={say('lists.theLists')}>
        {(value) =>
          value.lists.length === 0 ? (
            <EmptyState header={say('lists.none')} headingLevel={3} description={say('lists.noneText')} />
          ) : (
            <ListTable lists={value.lists} using={using} onOrder={setAsked} />
          )
        }
      </AskedView>
      <ModalTransition>
        {creating && (
          <NewListDialog names={(lists.value?.lists ?? []).map(({ name }) => name)} onLists={done} onClose={close} />
        )}
      </ModalTransition>
      <ModalTransition>
        {asked?.to === 'look' && <MembersDialog name={asked.list.name} onClose={close} />}
      </ModalTransition>
      <ModalTransition>
        {asked?.to === 'change' && <ChangeListDialog list={asked.list} onLists={done} onClose={close} />}
      </ModalTransition>
      <ModalTransition>
        {asked?.to === 'drop' && (
          <DropListDialog list={asked.list} using={using(asked.list.name)} onLists={done} onClose={close} />
        )}
      </ModalTransition>
    </Section>
  );
}
