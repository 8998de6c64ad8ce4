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
  byMailToPeople: 'per Mail: {{people}}',
  byMailToBoth: 'per Mail: {{groups}} und {{people}}',
  asComment: 'allen, die dem Vorgang folgen, mit einem Kommentar daran',
  how: 'Wie berichtet wird',
  'how.mail': 'Per Mail an Gruppen von Jira und an Personen',
  'how.comment': 'Als Kommentar am Vorgang',
  groups: 'Gruppen von Jira',
  groupsHelp:
    'Höchstens 10. Ob Jira Mitgliedern schreibt, die den Vorgang nicht sehen dürfen, ist nicht gewiss. Ohne Gruppe und ohne Person wird niemandem geschrieben.',
  people: 'Personen',
  peopleHelp:
    'Höchstens 50, zu finden mit einem Teil von Name oder Adresse. Jira schreibt nur aktiven Benutzern dieser Site; wer keiner ist, bekommt nichts.',
  unreached: 'bekommt keine Mail: auf dieser Site nicht aktiv',
  tooManyGroups: 'Wählen Sie höchstens 10 Gruppen',
  runs: 'Beendete Läufe',
  runsHelp:
    'Von Läufen, die auf jemanden warten, wird immer berichtet. Sagt eine Richtlinie selbst, wer ihre Berichte bekommt, gilt ihr Wort.',
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
  send: 'Bericht verschicken',
  sendTitle: 'Bericht dieses Laufs verschicken',
  sendMeaning:
    'Jira verschickt die Zahlen des Laufs, warum Personen unberührt blieben, den Hash seines Plans und den neuesten Eintrag des Protokolls. Namen von Personen stehen nicht darin.',
  sendGroupsHelp: 'Höchstens 10. Alle darin, die aktive Benutzer dieser Site sind, bekommen den Bericht.',
  sendNow: 'Jetzt verschicken',
  note: 'Eine Zeile von Ihnen (freiwillig)',
  noteHelp: 'Sie steht im Bericht zuerst.',
  withBundle:
    'Der SHA-256 der Nachweise, die Sie heruntergeladen haben, steht darin: Wer die Datei bekommt, kann feststellen, dass sie es ist.',
  withoutBundle:
    'Sie haben die Nachweise des Laufs in seinem jetzigen Stand nicht heruntergeladen: Der Hash des Plans und der neueste Eintrag des Protokolls stehen dafür. Laden Sie zuerst die Nachweise herunter, wenn ihr SHA-256 im Bericht stehen soll.',
  sayToWhom: 'Wählen Sie eine Person oder eine Gruppe.',
  sent: 'Der Bericht wurde verschickt',
  notSent: 'Der Bericht wurde nicht verschickt, oder es ist nicht bekannt',
  saved: 'Die Berichte an Administratoren wurden geändert',
};
