import type { NewsItem } from '../../gen/types';
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
