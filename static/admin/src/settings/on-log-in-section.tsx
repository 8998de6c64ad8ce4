import { ModalTransition } from '@atlaskit/modal-dialog';
import { type ReactNode, useState } from 'react';
import type { LogIns, Settings } from '../../gen/types';
import { Facts } from '../shown/facts';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import type { Texts } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { logInText } from './log-in-text';
import { OnLogInDialog } from './on-log-in-dialog';

interface OnLogInSectionProps {
  settings: Settings;
  logIns: LogIns;
  onChange: () => void;
}

/** What an attempt to log in does: offered only where the organization's log was seen to tell of any. */
export function OnLogInSection({ settings: { onLogIn }, logIns, onChange }: OnLogInSectionProps) {
  const texts = useTexts();
  const { say } = texts;
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const done = () => {
    close();
    onChange();
  };
  const { actions, seen, failure, delaySeconds } = logIns;
  const isOffered = actions.length > 0 && seen !== null && failure === null;
  const isOn = Boolean(onLogIn);
  return (
    <Section
      title={say('logIns.title')}
      actions={
        <OrderButton
          disabledBecause={isOffered || isOn ? undefined : say('logIns.notAvailable')}
          onClick={() => setAsking(true)}
        >
          {say('logIns.change')}
        </OrderButton>
      }
    >
      <p>{say('logIns.meaning')}</p>
      <Facts
        facts={[
          [say('logIns.happens'), logInText(onLogIn, say)],
          [say('logIns.events'), <span key="events">{eventsText(logIns, texts)}</span>],
          [
            say('logIns.delay'),
            delaySeconds === null ? '–' : say('logIns.delayText', { count: Math.ceil(delaySeconds / 60) }),
          ],
        ]}
      />
      <ModalTransition>
        {asking && <OnLogInDialog onLogIn={onLogIn ?? null} isOffered={isOffered} onDone={done} onClose={close} />}
      </ModalTransition>
    </Section>
  );
}

/** Whether such events are there, or why not. */
function eventsText({ listed, actions, seen, failure }: LogIns, { say, show }: Texts): ReactNode {
  const named = { actions: actions.join(', ') };
  if (failure !== null) return say('logIns.refused', { why: failure });
  if (listed === null) return say('logIns.notAsked');
  if (actions.length === 0) return show('logIns.notListed', { when: <Moment at={listed} /> });
  if (seen === null) return say('logIns.noneSeen', named);
  return show('logIns.seen', { when: <Moment at={seen} />, ...named });
}
