import type { Translation } from '../catalogue.ts';
import type { evidence as english } from '../en-US/evidence.ts';

export const evidence: Translation<typeof english> = {
  title: 'Nachweise',
  file: 'Nachweispaket (zip) oder Einträge (JSON-Zeilen)',
  anchor: 'Anker von dort, wo Sie ihn aufbewahren (optional)',
  anchorExample: 'Nummer:Hash',
  verify: 'Datei prüfen',
  notVerified: 'Die Datei wurde nicht geprüft',
  anchorForm: 'ein Anker besteht aus einer Nummer und einem Hash, etwa 17:9f86d0…',
  chooseAsDownloaded: 'wählen Sie die Datei so, wie sie heruntergeladen wurde',
  fits: 'Alles in der Datei stimmt',
  doesNotFit: 'Die Datei stimmt nicht',
  lastEntry: 'Letzter Eintrag: {{head}}',
  download: 'Nachweise herunterladen',
  notCollected: 'Die Nachweise wurden nicht zusammengestellt',
};
