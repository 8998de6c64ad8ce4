import type { Translation } from '../catalogue.ts';
import type { changes as english } from '../en-US/changes.ts';

export const changes: Translation<typeof english> = {
  theLog: 'Das Protokoll',
  title: 'Änderungen, die nicht im Protokoll stehen',
  theChanges: 'die Änderungen',
  text: 'Das war jemand anderes: ein Administrator, ein anderes Werkzeug oder diese App auf einer anderen Site der Organisation. Wer wiederhergestellt wurde, bleibt 30 Tage lang unbehelligt.',
  none: 'In keinem Datenstand war eine solche Änderung zu sehen.',
  newestFirst: { one: '{{count}} Änderung, die neueste zuerst', other: '{{count}} Änderungen, die neuesten zuerst' },
  person: 'Person',
  directory: 'Verzeichnis',
  whatWasDone: 'Was getan wurde',
  between: 'Zwischen diesen Datenständen',
  fromTo: '{{after}} und {{before}}',
  pages: 'Seiten mit Änderungen',
  'act.suspended': 'Gesperrt',
  'act.restored': 'Wiederhergestellt',
};
