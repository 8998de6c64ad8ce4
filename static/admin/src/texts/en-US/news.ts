import type { Room } from '../catalogue.ts';

/** What administrators are told without asking, at the top of the page. */
export const news = {
  news: 'News',
  newsAndNew: { one: 'News, {{count}} new', other: 'News, {{count}} new' },
  theNews: 'the news',
  none: 'No news',
  noneText:
    'Here stand runs that wait for somebody or ended, accesses that people asked back in vain, keys and exemptions that come to their end, and seats that run out. It is looked for every five minutes.',
  isNew: 'new',
  seeRun: 'See the run',
  about: 'It is about',
  'message.again': 'Jira does not take the message to administrators for now; it is tried again for up to a week.',
  'message.waiting': 'The message to administrators is to be sent.',
  'message.trying': 'The message to administrators is being sent.',
  'message.sent': 'The message to administrators was sent.',
  'message.unclear': 'It is not known whether the message to administrators was sent; it is not sent again.',
  'message.refused': 'The message to administrators was refused.',
  'comment.again': 'Jira does not take the comment for now; it is tried again for up to a week.',
  'comment.waiting': 'The comment on the issue is to be made.',
  'comment.trying': 'The comment on the issue is being made.',
  'comment.sent': 'The comment on the issue was made.',
  'comment.unclear': 'It is not known whether the comment on the issue was made; it is not made again.',
  'comment.refused': 'The comment on the issue was refused.',
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
