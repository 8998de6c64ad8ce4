import { useState } from 'react';
import type { LinkRules, Notices, OnLogIn } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { RadioField } from '../people/radio-field';
import { FormDialog } from '../shown/form-dialog';
import { useTexts } from '../texts/use-texts';
import { LinkQuestions, linkRules, type LinkValues } from './link-questions';
import { ownLogInText } from './log-in-text';

interface PolicyLinksDialogProps {
  notices: Notices;
  policy: { id: string; name: string };
  /** Whether what a log-in does can be switched on; off it can be switched anywhere. */
  areLogInsOffered: boolean;
  onDone: () => void;
  onClose: () => void;
}

const WAYS: readonly OnLogIn[] = ['nothing', 'restore', 'ask'];

/** What one policy's links and a log-in do, where that is not what they do for every policy. */
export function PolicyLinksDialog({
  notices,
  policy: { id, name },
  areLogInsOffered,
  onDone,
  onClose,
}: PolicyLinksDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const all = notices.policies ?? [];
  const own = all.find(({ policy }) => policy === id);
  const before = own?.links ?? notices;
  const [giveBack, setGiveBack] = useState(before.giveBack);
  const [onLogIn, setOnLogIn] = useState(own?.links.onLogIn);
  const ways = WAYS.filter((way) => areLogInsOffered || way === 'nothing' || way === own?.links.onLogIn);
  const save = async (links?: LinkRules) => {
    const others = all.filter(({ policy }) => policy !== id);
    const policies = links ? [...others, { policy: id, links }] : others;
    if (!(await order.give<'setNotices'>({ command: 'setNotices', notices: { ...notices, policies } }))) return;
    backend.announce(say('settings.linksChanged', { policy: name }));
    onDone();
  };
  return (
    <FormDialog<LinkValues>
      title={say('settings.changeLinksOf', { policy: name })}
      send={say('settings.save')}
      instead={own && { text: say('settings.linksAsForAll'), onSend: () => void save() }}
      order={order}
      onSend={(values) => void save({ ...linkRules(values, giveBack), ...(onLogIn && { onLogIn }) })}
      onClose={onClose}
    >
      <LinkQuestions before={before} giveBack={giveBack} onGiveBack={setGiveBack} />
      <RadioField
        name="onLogIn"
        label={say('attempts.title')}
        value={onLogIn ?? 'all'}
        choices={[
          ['all', ownLogInText(undefined, say)] as const,
          ...ways.map((way) => [way, ownLogInText(way, say)] as const),
        ]}
        onChange={(way) => setOnLogIn(way === 'all' ? undefined : way)}
      />
    </FormDialog>
  );
}
