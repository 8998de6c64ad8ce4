import { useState } from 'react';
import { useOrder } from '../asking/use-order';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import { FormDialog } from '../shown/form-dialog';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';
import { originOf } from './webhook-origin';

interface WebhookDialogProps {
  /** Whether there is one already, which can be given up. */
  isSet: boolean;
  /** Gets the new key; nothing where the webhook was given up. */
  onDone: (key: string | null) => void;
  onClose: () => void;
}

/** The core takes no longer one. */
const LONGEST = 2_000;

/** To which address the news goes. Atlassian is asked first: without its leave nothing would arrive there. */
export function WebhookDialog({ isSet, onDone, onClose }: WebhookDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const [asking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<Failure>();

  const isAllowed = async (origin: string): Promise<boolean> => {
    setAsking(true);
    setRefusal(undefined);
    try {
      await backend.allow(origin, say('webhook.title'));
      return true;
    } catch (cause) {
      setRefusal(notAllowed(cause));
      return false;
    } finally {
      setAsking(false);
    }
  };
  const save = async (address: string) => {
    const url = address.trim();
    order.forget();
    if (!(await isAllowed(originOf(url) ?? url))) return;
    const answer = await order.give<'setWebhook'>({ command: 'setWebhook', url });
    if (answer) onDone(answer.key);
  };
  const giveUp = async () => {
    if (!(await order.give<'setWebhook'>({ command: 'setWebhook', url: null }))) return;
    // What stays allowed can be taken away in Atlassian Administration; nothing is sent there any more.
    await backend.forbid().catch(() => undefined);
    backend.announce(say('webhook.offSaved'));
    onDone(null);
  };
  return (
    <FormDialog<{ url: string }>
      title={say('webhook.title')}
      send={say('settings.save')}
      width="medium"
      instead={isSet ? { text: say('webhook.off'), onSend: () => void giveUp() } : undefined}
      order={{ busy: asking || order.busy, failure: refusal ?? order.failure }}
      onSend={({ url }) => void save(url)}
      onClose={onClose}
    >
      <TextQuestion
        name="url"
        label={say('webhook.url')}
        help={say('webhook.urlHelp')}
        missing={say('webhook.urlMissing')}
        form={{ fits: (text) => originOf(text) !== undefined, wrong: say('webhook.urlWrong') }}
        maxLength={LONGEST}
      />
    </FormDialog>
  );
}

function notAllowed(cause: unknown): Failure {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new Failure({
    code: 'not-allowed',
    message: (say) => say('webhook.notAllowed', { detail }),
    hint: (say) => say('webhook.notAllowedHint'),
  });
}
