import type { HookDelivery, NewsItem, NewsMessage, NewsTold } from '../../gen/types';
import { sentence } from '../shown/sentence';
import type { Say } from '../texts/texts';

/** What became of the message about a piece of news; `undefined` where nobody was to be told. */
export function messageText({ message, why }: Pick<NewsItem, 'message' | 'why'>, say: Say): string | undefined {
  const state = stateOf(message, why);
  return state && withWhy(say(`news.message.${state}`), state, why);
}

/** What became of the comment about it, where there is one besides the mail. */
export function commentText(comment: NewsTold | undefined, say: Say): string | undefined {
  const state = comment && stateOf(comment.message, comment.why);
  return state && withWhy(say(`news.comment.${state}`), state, comment.why);
}

type State = Exclude<NewsMessage, 'nobody'> | 'again';

/** How far it came: what waits and has a reason was refused, and is tried again. */
function stateOf(message: NewsMessage, why: string | null): State | undefined {
  if (message === 'nobody') return undefined;
  return message === 'waiting' && why !== null ? 'again' : message;
}

function withWhy(text: string, state: State, why: string | null): string {
  const isSaid = why !== null && (state === 'unclear' || state === 'refused' || state === 'again');
  return isSaid ? `${text} ${sentence(why)}` : text;
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
