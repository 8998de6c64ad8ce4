import type { Translation } from '../catalogue.ts';
import type { news as english } from '../en-US/news.ts';

export const news: Translation<typeof english> = {
  news: 'Neuigkeiten',
  newsAndNew: { one: 'Neuigkeiten, {{count}} neue', other: 'Neuigkeiten, {{count}} neue' },
  theNews: 'die Neuigkeiten',
  none: 'Nichts Neues',
  noneText:
    'Hier stehen Läufe, die auf jemanden warten oder beendet sind, Zugänge, um die jemand vergeblich bat, Schlüssel und Ausnahmen, die bald enden, und Plätze, die knapp werden. Alle fünf Minuten wird danach gesehen.',
  isNew: 'neu',
  seeRun: 'Lauf ansehen',
  about: 'Es geht um',
  'message.again':
    'Jira nimmt die Nachricht an die Administratoren derzeit nicht an; bis zu einer Woche lang wird es erneut versucht.',
  'message.waiting': 'Die Nachricht an die Administratoren steht noch aus.',
  'message.trying': 'Die Nachricht an die Administratoren wird gerade verschickt.',
  'message.sent': 'Die Nachricht an die Administratoren wurde verschickt.',
  'message.unclear':
    'Ob die Nachricht an die Administratoren verschickt wurde, ist nicht bekannt; sie wird nicht noch einmal verschickt.',
  'message.refused': 'Die Nachricht an die Administratoren wurde abgelehnt.',
  'comment.again': 'Jira nimmt den Kommentar derzeit nicht an; bis zu einer Woche lang wird es erneut versucht.',
  'comment.waiting': 'Der Kommentar am Vorgang steht noch aus.',
  'comment.trying': 'Der Kommentar am Vorgang wird gerade geschrieben.',
  'comment.sent': 'Der Kommentar am Vorgang wurde geschrieben.',
  'comment.unclear':
    'Ob der Kommentar am Vorgang geschrieben wurde, ist nicht bekannt; er wird nicht noch einmal geschrieben.',
  'comment.refused': 'Der Kommentar am Vorgang wurde abgelehnt.',
  'hook.waiting': 'Die Nachricht an den Webhook steht noch aus.',
  'hook.delivered': 'Der Webhook hat die Nachricht angenommen.',
  'hook.again': {
    one: 'Der Webhook hat die Nachricht bei {{count}} Versuch nicht angenommen; sie wird erneut geschickt.',
    other: 'Der Webhook hat die Nachricht bei {{count}} Versuchen nicht angenommen; sie wird erneut geschickt.',
  },
  'hook.givenUp': {
    one: 'Der Webhook hat die Nachricht bei {{count}} Versuch nicht angenommen; sie wird nicht noch einmal geschickt.',
    other:
      'Der Webhook hat die Nachricht bei {{count}} Versuchen nicht angenommen; sie wird nicht noch einmal geschickt.',
  },
};
