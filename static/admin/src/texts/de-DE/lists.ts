import type { Translation } from '../catalogue.ts';
import type { lists as english } from '../en-US/lists.ts';

export const lists: Translation<typeof english> = {
  title: 'Listen von Personen',
  text: 'Eine Richtlinie kann alle meinen, die auf einer Liste stehen, etwa die Ausgeschiedenen aus einem anderen System. Eine Liste ist nur so gut, wie sie neu ist: Sieben Tage nach dem Import entscheidet sie nichts mehr.',
  name: 'Name',
  people: 'Mitglieder',
  imported: 'Importiert',
  theLists: 'die Listen',
  theMembers: 'die Mitglieder',
  none: 'Noch keine Listen',
  noneText:
    'Legen Sie eine aus E-Mail-Adressen oder Konto-IDs an und nennen Sie sie in der Bedingung „listed“ einer Richtlinie.',
  membersCount: { one: '{{count}} Mitglied', other: '{{count}} Mitglieder' },
  showMembersOf: { one: '{{count}} Mitglied von {{name}}', other: '{{count}} Mitglieder von {{name}}' },
  decidesUntil: 'Entscheidet bis {{when}}',
  tooOld: 'Zu alt, um zu entscheiden',
  shrunk: 'Geschrumpft von {{had}} auf {{members}}',

  create: 'Liste anlegen',
  nameHelp: 'Richtlinien verwenden ihn so, wie er hier steht. Er lässt sich später nicht ändern.',
  nameMissing: 'Geben Sie einen Namen ein.',
  nameTaken: 'Es gibt eine Liste dieses Namens: Ändern Sie diese.',
  membersMissing: 'Nennen Sie jemanden mit E-Mail-Adresse oder Konto-ID.',
  given: { one: '{{count}} Adresse oder ID ist angegeben.', other: '{{count}} Adressen und IDs sind angegeben.' },
  others: { one: '{{count}} anderes Wort wird ausgelassen.', other: '{{count}} andere Wörter werden ausgelassen.' },
  createMeaning:
    'Keine Richtlinie beruht auf ihr, bevor eine sie nennt. Sie entscheidet {{days}} Tage lang nach ihrem Import.',
  wasCreated: 'Die Liste {{name}} wurde angelegt',
  coming: 'Die Liste wird gesendet',
  notCreated: 'Die Liste wurde nicht angelegt',

  change: 'Ändern',
  changeOf: 'Ändern: Liste {{name}}',
  whatToDo: 'Was aus ihren Mitgliedern wird',
  'change.add': 'Personen hinzufügen',
  'change.takeOff': 'Personen herunternehmen',
  'change.replace': 'Durch eine neue Liste ersetzen',
  fromTo: '{{after}} statt {{before}}',
  shrinkMeaning: 'Verliert sie auf einmal mehr als ein Zehntel, werden Läufe angehalten, die auf ihr beruhen.',
  emptyMeaning:
    'Eine leere Liste entscheidet nichts: Für die Richtlinien, die auf ihr beruhen, sind alle unentschieden.',
  changeMeaning:
    'Das Speichern gilt als Import der ganzen Liste: Sie entscheidet weitere {{days}} Tage über alle, die auf ihr stehen. Wer heruntergenommen wird, bleibt ab dem nächsten Schub unberührt; was schon geschehen ist, bleibt.',
  wasChanged: {
    one: 'Die Liste {{name}} hat {{count}} Mitglied',
    other: 'Die Liste {{name}} hat {{count}} Mitglieder',
  },

  membersOf: 'Mitglieder von {{name}}',
  find: 'Mitglied suchen',
  firstOnly: { one: 'Nur das erste wird gezeigt ({{count}}).', other: 'Die ersten {{count}} werden gezeigt.' },
  download: 'CSV herunterladen',

  drop: 'Löschen',
  dropOf: 'Löschen: Liste {{name}}',
  dropQuestion: 'Die Liste {{name}} löschen?',
  dropMeaning: {
    one: '{{count}} Mitglied wird vergessen. Mit der Person geschieht nichts. Um die Liste zurückzuhaben, legen Sie sie neu an: Laden Sie die Mitglieder vorher herunter, wenn Sie sie sonst nirgends haben.',
    other:
      '{{count}} Mitglieder werden vergessen. Mit den Personen geschieht nichts. Um die Liste zurückzuhaben, legen Sie sie neu an: Laden Sie die Mitglieder vorher herunter, wenn Sie sie sonst nirgends haben.',
  },
  dropUsed: {
    one: '{{count}} Richtlinie beruht auf ihr und entscheidet dadurch über niemanden mehr: Alle sind unentschieden.',
    other:
      '{{count}} Richtlinien beruhen auf ihr und entscheiden dadurch über niemanden mehr: Alle sind unentschieden.',
  },
  wasDropped: 'Die Liste {{name}} wurde gelöscht',
};
