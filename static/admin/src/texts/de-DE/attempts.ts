import type { Translation } from '../catalogue.ts';
import type { attempts as english } from '../en-US/attempts.ts';

export const attempts: Translation<typeof english> = {
  title: 'Wenn sich jemand anmelden will',
  meaning:
    'Wen eine Richtlinie gesperrt hat und wer sich danach anmelden will, kann den Zugang auch ohne Link zurückbekommen. Wen jemand anders gesperrt hat, der bleibt gesperrt, ebenso wer von Hand gesperrt wurde.',
  change: 'Ändern, was geschieht',
  happens: 'Was geschieht',
  'way.none': 'nichts',
  'way.restore': 'gibt zurück, was entzogen wurde, solange ein Platz frei ist',
  'way.ask': 'fragt eine zweite Person, die es genehmigt oder ablehnt',
  wayHelp:
    'Ein Versuch löst eine Rücknahme aus, bis 90 Tage nach der Sperrung. Ist jeder Platz vergeben oder hat die Organisation mehrere Verzeichnisse, wird eine zweite Person gefragt. Wen diese ablehnt, der wird nicht noch einmal vorgelegt.',
  events: 'Ereignisse von Anmeldungen',
  notAsked: 'Atlassian wurde noch nicht gefragt, welche Ereignisse die Organisation hat. Das geschieht einmal am Tag.',
  notListed:
    'nicht verfügbar: Das Protokoll der Organisation führt kein Ereignis für Anmeldungen, dafür ist Atlassian Guard nötig (zuletzt gefragt: {{when}})',
  noneSeen:
    'noch nicht verfügbar: Das Protokoll führt ein solches Ereignis ({{actions}}), gesehen wurde keines. Manche Listen nennen Ereignisse, für die Atlassian Guard nötig ist',
  refused: 'nicht verfügbar: {{why}}',
  seen: 'verfügbar seit {{when}}, durch {{actions}}',
  delay: 'Wie spät sie kommen',
  delayText: { one: 'gemessen etwa {{count}} Minute', other: 'gemessen etwa {{count}} Minuten' },
  notAvailable: 'in dieser Organisation wurden solche Ereignisse nicht gesehen',
  isOff: 'Anmeldeversuche ändern nichts',
  isOn: 'Anmeldeversuche werden beantwortet',
};
