import { useState } from 'react';
import type { LinkRules, Notices } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { FormDialog } from '../shown/form-dialog';
import { useTexts } from '../texts/use-texts';
import { LinkQuestions, linkRules, type LinkValues } from './link-questions';

interface PolicyLinksDialogProps {
  notices: Notices;
  policy: { id: string; name: string };
  onDone: () => void;
  onClose: () => void;
}

/** What the links of one policy's warnings do, where that is not what they do for every policy. */
export function PolicyLinksDialog({ notices, policy: { id, name }, onDone, onClose }: PolicyLinksDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const all = notices.policies ?? [];
  const own = all.find(({ policy }) => policy === id);
  const before = own?.links ?? notices;
  const [giveBack, setGiveBack] = useState(before.giveBack);
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
      onSend={(values) => void save(linkRules(values, giveBack))}
      onClose={onClose}
    >
      <LinkQuestions before={before} giveBack={giveBack} onGiveBack={setGiveBack} />
    </FormDialog>
  );
}
