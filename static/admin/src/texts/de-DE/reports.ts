import type { Translation } from '../catalogue.ts';
import type { reports as english } from '../en-US/reports.ts';

export const reports: Translation<typeof english> = {
  title: 'Berichte an Administratoren',
  meaning:
    'Was neu ist, steht oben auf dieser Seite. Es kann auch per Mail berichtet werden oder als Kommentar an dem Vorgang, von dem Nachrichten verschickt werden. Jede Nachricht wird höchstens einmal verschickt.',
  change: 'Berichte ändern',
  issueFirst: 'benennen Sie zuerst den Vorgang, von dem Nachrichten verschickt werden',
  told: 'Wem berichtet wird',
  nobody: 'niemandem; es steht auf dieser Seite',
  byMail: 'per Mail: {{groups}}',
  asComment: 'allen, die dem Vorgang folgen, mit einem Kommentar daran',
  how: 'Wie berichtet wird',
  'how.mail': 'Per Mail an Gruppen von Jira',
  'how.comment': 'Als Kommentar am Vorgang',
  groups: 'Gruppen von Jira',
  groupsHelp:
    'Höchstens 10. Ob Jira Mitgliedern schreibt, die den Vorgang nicht sehen dürfen, ist nicht gewiss. Ohne Gruppe wird niemandem geschrieben.',
  tooManyGroups: 'Wählen Sie höchstens 10 Gruppen',
  runs: 'Beendete Läufe',
  runsHelp: 'Von Läufen, die auf jemanden warten, wird immer berichtet.',
  'runs.changes': 'solche, die etwas taten oder misslangen',
  'runs.always': 'alle, auch Probeläufe',
  'runs.problems': 'nur misslungene',
  seats: 'Knappe Plätze',
  seatsFrom: 'ab {{percent}} % der Plätze eines Produkts',
  seatsNever: 'nie',
  seatsPercent: 'Von knappen Plätzen berichten ab so viel Prozent',
  seatsHelp:
    'Von 50 bis 100, oder leer für nie. Berichtet wird auch, wenn der letzte Platz innerhalb von 30 Tagen vergeben sein wird.',
  seatsWrong: 'Geben Sie eine ganze Zahl von 50 bis 100 ein, oder lassen Sie das Feld leer',
  digest: 'Plätze in Zahlen',
  weekly: 'einmal in der Woche',
  digestQuestion: 'Plätze in Zahlen, einmal in der Woche',
  digestHelp: 'Am Montag (UTC).',
  anchor: 'Kopf des Protokolls',
  daily: 'an jedem Tag, an dem er sich bewegt hat',
  anchorQuestion: 'Kopf des Protokolls, an jedem Tag, an dem er sich bewegt hat',
  anchorHelp:
    'Wer die Nachricht aufbewahrt, kann später beweisen, dass am Ende des Protokolls nichts abgeschnitten wurde.',
  notTold: 'nicht berichtet',
  toNobody: 'Niemandem berichten',
  saved: 'Die Berichte an Administratoren wurden geändert',
};
