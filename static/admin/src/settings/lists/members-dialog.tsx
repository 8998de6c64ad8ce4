import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useMemo, useState } from 'react';
import { csv } from '../../shown/csv';
import { download } from '../../shown/download';
import { PlainDialog } from '../../shown/plain-dialog';
import { useTexts } from '../../texts/use-texts';
import { configurationIn } from '../configuration/configuration';
import { ExportedView } from '../configuration/exported-view';
import { useExported } from '../configuration/use-exported';
import './members-dialog.css';

/** So many members are shown; the file has all of them. */
const SHOWN = 500;

/** Who is on a list. */
export function MembersDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const { say } = useTexts();
  const exported = useExported();
  const members = useMemo(
    () =>
      (exported.value && configurationIn(exported.value.text)?.lists.find((list) => list.name === name)?.members) ?? [],
    [exported.value, name],
  );
  return (
    <PlainDialog
      title={say('lists.membersOf', { name })}
      buttons={
        <>
          <Button
            isDisabled={members.length === 0}
            onClick={() =>
              download('seatkeeper-list.csv', csv([['member'], ...members.map((each) => [each])]), 'text/csv')
            }
          >
            {say('lists.download')}
          </Button>
          <Button appearance="primary" onClick={onClose}>
            {say('shown.close')}
          </Button>
        </>
      }
      onClose={onClose}
    >
      <ExportedView asked={exported} what={say('lists.theMembers')}>
        {() => <Members members={members} />}
      </ExportedView>
    </PlainDialog>
  );
}

function Members({ members }: { members: string[] }) {
  const { say } = useTexts();
  const [text, setText] = useState('');
  const found = members.filter((member) => member.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <>
      <Textfield
        aria-label={say('lists.find')}
        placeholder={say('lists.find')}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p role="status">{say('lists.membersCount', { count: found.length })}</p>
      {found.length > 0 && (
        // A long list is scrolled with the keyboard, too.
        <ul className="list-members" tabIndex={0} aria-label={say('lists.people')}>
          {found.slice(0, SHOWN).map((member) => (
            <li key={member}>{member}</li>
          ))}
        </ul>
      )}
      {found.length > SHOWN && <p>{say('lists.firstOnly', { count: SHOWN })}</p>}
    </>
  );
}
