import ProgressBar from '@atlaskit/progress-bar';
import SectionMessage from '@atlaskit/section-message';
import { useMemo, useState } from 'react';
import { LIST_MAX_AGE_DAYS, type List } from '../../../gen/types';
import { useDesk } from '../../page/desk';
import { listedIn } from '../../people/listed';
import { RadioField } from '../../people/radio-field';
import type { AnswerTo } from '../../protocol';
import { FormDialog } from '../../shown/form-dialog';
import { PeopleQuestion } from '../../shown/people-question';
import { useTexts } from '../../texts/use-texts';
import { configurationIn } from '../configuration/configuration';
import { ExportedView } from '../configuration/exported-view';
import { useExported } from '../configuration/use-exported';
import { changed, type MembersChange } from './members';
import { Given } from './given';
import { useListImport } from './use-list-import';

interface ChangeListDialogProps {
  list: List;
  onLists: (lists: AnswerTo<'lists'>) => void;
  onClose: () => void;
}

const CHANGES = ['add', 'takeOff', 'replace'] as const satisfies MembersChange[];

/** Puts people on a list, takes them off, or brings a new list in its place. All of it is imported anew. */
export function ChangeListDialog({ list: { name }, onLists, onClose }: ChangeListDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const exported = useExported();
  const coming = useListImport();
  const [change, setChange] = useState<MembersChange>('add');
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const before = useMemo(
    () => exported.value && configurationIn(exported.value.text)?.lists.find((each) => each.name === name)?.members,
    [exported.value, name],
  );
  const given = useMemo(() => listedIn(text).members, [text]);
  const after = useMemo(() => before && changed(before, given, change), [before, given, change]);
  const send = async () => {
    setMissing(given.length === 0);
    if (given.length === 0 || !after) return;
    const lists = await coming.send(name, after);
    if (!lists) return;
    backend.announce(say('lists.wasChanged', { name, count: after.length }));
    onLists(lists);
  };
  return (
    <FormDialog
      title={say('lists.changeOf', { name })}
      send={say('settings.save')}
      order={coming}
      width="medium"
      isDisabled={!after}
      onSend={() => void send()}
      onClose={onClose}
    >
      <RadioField
        name="change"
        label={say('lists.whatToDo')}
        value={change}
        choices={CHANGES.map((each) => [each, say(`lists.change.${each}`)] as const)}
        onChange={setChange}
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
      <ExportedView asked={exported} what={say('lists.theMembers')}>
        {() => before && after && given.length > 0 && <Outcome before={before.length} after={after.length} />}
      </ExportedView>
      {coming.busy && <ProgressBar value={coming.progress} ariaLabel={say('lists.coming')} />}
      <p>{say('lists.changeMeaning', { days: LIST_MAX_AGE_DAYS })}</p>
    </FormDialog>
  );
}

/** How many people will be on it. */
function Outcome({ before, after }: { before: number; after: number }) {
  const { say } = useTexts();
  return (
    <div role="status">
      <SectionMessage
        appearance={after === 0 ? 'warning' : 'information'}
        title={say('lists.fromTo', { before, after: say('lists.membersCount', { count: after }) })}
      >
        {after < before && <p>{say(after === 0 ? 'lists.emptyMeaning' : 'lists.shrinkMeaning')}</p>}
      </SectionMessage>
    </div>
  );
}
