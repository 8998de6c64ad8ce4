import { ModalTransition } from '@atlaskit/modal-dialog';
import { type ReactNode } from 'react';
import type { LogIns, Settings } from '../../gen/types';
import { Facts } from '../shown/facts';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import type { Texts } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { areLogInsSeen, logInText } from './log-in-text';
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
  const dialog = useDialog(onChange);
  const { delaySeconds } = logIns;
  const isOffered = areLogInsSeen(logIns);
  const isOn = Boolean(onLogIn);
  return (
    <Section
      title={say('attempts.title')}
      actions={
        <OrderButton
          disabledBecause={isOffered || isOn ? undefined : say('attempts.notAvailable')}
          onClick={() => dialog.open(true)}
        >
          {say('attempts.change')}
        </OrderButton>
      }
    >
      <p>{say('attempts.meaning')}</p>
      <Facts
        facts={[
          [say('attempts.happens'), logInText(onLogIn, say)],
          [say('attempts.events'), <span key="events">{eventsText(logIns, texts)}</span>],
          [
            say('attempts.delay'),
            delaySeconds === null ? '–' : say('attempts.delayText', { count: Math.ceil(delaySeconds / 60) }),
          ],
        ]}
      />
      <ModalTransition>
        {dialog.about && (
          <OnLogInDialog onLogIn={onLogIn ?? null} isOffered={isOffered} onDone={dialog.done} onClose={dialog.close} />
        )}
      </ModalTransition>
    </Section>
  );
}

/** Whether such events are there, or why not. */
function eventsText({ listed, actions, seen, failure }: LogIns, { say, show }: Texts): ReactNode {
  const named = { actions: actions.join(', ') };
  if (failure !== null) return say('attempts.refused', { why: failure });
  if (listed === null) return say('attempts.notAsked');
  if (actions.length === 0) return show('attempts.notListed', { when: <Moment at={listed} /> });
  if (seen === null) return say('attempts.noneSeen', named);
  return show('attempts.seen', { when: <Moment at={seen} />, ...named });
}
