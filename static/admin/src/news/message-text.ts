import type { HookDelivery, NewsItem } from '../../gen/types';
import { sentence } from '../shown/sentence';
import type { Say } from '../texts/texts';

/** What became of the message about a piece of news; `undefined` where nobody was to be told. */
export function messageText({ message, why }: Pick<NewsItem, 'message' | 'why'>, say: Say): string | undefined {
  switch (message) {
    case 'nobody':
      return undefined;
    case 'waiting':
    case 'trying':
    case 'sent':
      return say(`news.message.${message}`);
    case 'unclear':
    case 'refused': {
      const text = say(`news.message.${message}`);
      return why === null ? text : `${text} ${sentence(why)}`;
    }
  }
}

/** What became of a piece of news at the webhook; `undefined` where there was none. */
export function hookText(hook: HookDelivery | undefined, say: Say): string | undefined {
  if (!hook) return undefined;
  const { state, attempts, why } = hook;
  if (state === 'delivered') return say('news.hook.delivered');
  if (state === 'waiting' && attempts === 0) return say('news.hook.waiting');
  const text = say(state === 'waiting' ? 'news.hook.again' : 'news.hook.givenUp', { count: attempts });
  return why === null ? text : `${text} ${sentence(why)}`;
}
