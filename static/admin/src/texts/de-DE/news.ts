import type { Translation } from '../catalogue.ts';
import type { news as english } from '../en-US/news.ts';

export const news: Translation<typeof english> = {
  news: 'Neuigkeiten',
  newsAndNew: { one: 'Neuigkeiten, {{count}} neue', other: 'Neuigkeiten, {{count}} neue' },
  theNews: 'die Neuigkeiten',
  none: 'Nichts Neues',
  noneText:
    'Hier stehen Läufe, die auf jemanden warten oder beendet sind, Schlüssel und Ausnahmen, die bald enden, und Plätze, die knapp werden. Alle fünf Minuten wird danach gesehen.',
  isNew: 'neu',
  seeRun: 'Lauf ansehen',
  'message.waiting': 'Die Nachricht an die Administratoren steht noch aus.',
  'message.trying': 'Die Nachricht an die Administratoren wird gerade verschickt.',
  'message.sent': 'Die Nachricht an die Administratoren wurde verschickt.',
  'message.unclear':
    'Ob die Nachricht an die Administratoren verschickt wurde, ist nicht bekannt; sie wird nicht noch einmal verschickt.',
  'message.refused': 'Die Nachricht an die Administratoren wurde abgelehnt.',
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
