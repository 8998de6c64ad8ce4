import ProgressBar from '@atlaskit/progress-bar';
import { useState } from 'react';
import { LIST_MAX_AGE_DAYS } from '../../../gen/types';
import { useDesk } from '../../page/desk';
import { listedIn } from '../../people/listed';
import type { AnswerTo } from '../../protocol';
import { FormDialog } from '../../shown/form-dialog';
import { TextQuestion } from '../../shown/text-question';
import { PeopleQuestion } from '../../shown/people-question';
import { useTexts } from '../../texts/use-texts';
import { changed } from './members';
import { Given } from './given';
import { useListImport } from './use-list-import';

interface NewListDialogProps {
  /** The names that are taken. */
  names: string[];
  onLists: (lists: AnswerTo<'lists'>) => void;
  onClose: () => void;
}

/** Creates a list of people under a name that policies use. */
export function NewListDialog({ names, onLists, onClose }: NewListDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const coming = useListImport();
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const create = async (name: string) => {
    const members = changed([], listedIn(text).members, 'replace');
    setMissing(members.length === 0);
    if (members.length === 0) return;
    const lists = await coming.send(name, members);
    if (!lists) return;
    backend.announce(say('lists.wasCreated', { name }));
    onLists(lists);
  };
  // A list under a name that is taken would take the place of that one as a whole.
  const isFree = (name: string) => !names.includes(name);
  return (
    <FormDialog<{ name: string }>
      title={say('lists.create')}
      send={say('lists.create')}
      order={coming}
      failureTitle={say('lists.notCreated')}
      width="medium"
      onSend={({ name }) => void create(name.trim())}
      onClose={onClose}
    >
      <TextQuestion
        name="name"
        label={say('lists.name')}
        help={say('lists.nameHelp')}
        missing={say('lists.nameMissing')}
        form={{ fits: isFree, wrong: say('lists.nameTaken') }}
        maxLength={100}
      />
      <PeopleQuestion
        text={text}
        isRequired
        wrong={isMissing ? say('lists.membersMissing') : undefined}
        onText={(next) => {
          setText(next);
          setMissing(false);
        }}
      />
      <Given text={text} />
      {coming.busy && <ProgressBar value={coming.progress} ariaLabel={say('lists.coming')} />}
      <p>{say('lists.createMeaning', { days: LIST_MAX_AGE_DAYS })}</p>
    </FormDialog>
  );
}
