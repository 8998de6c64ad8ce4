import type { Room } from '../catalogue.ts';

/** What administrators are told without asking, at the top of the page. */
export const news = {
  news: 'News',
  newsAndNew: { one: 'News, {{count}} new', other: 'News, {{count}} new' },
  theNews: 'the news',
  none: 'No news',
  noneText:
    'Here stand runs that wait for somebody or ended, keys and exemptions that come to their end, and seats that run out. It is looked for every five minutes.',
  isNew: 'new',
  seeRun: 'See the run',
  'message.waiting': 'The message to administrators is to be sent.',
  'message.trying': 'The message to administrators is being sent.',
  'message.sent': 'The message to administrators was sent.',
  'message.unclear': 'It is not known whether the message to administrators was sent; it is not sent again.',
  'message.refused': 'The message to administrators was refused.',
  'hook.waiting': 'The message to the webhook is to be sent.',
  'hook.delivered': 'The webhook took the message.',
  'hook.again': {
    one: 'The webhook did not take the message in {{count}} attempt; it is sent again.',
    other: 'The webhook did not take the message in {{count}} attempts; it is sent again.',
  },
  'hook.givenUp': {
    one: 'The webhook did not take the message in {{count}} attempt; it is not sent again.',
    other: 'The webhook did not take the message in {{count}} attempts; it is not sent again.',
  },
} as const satisfies Room;
