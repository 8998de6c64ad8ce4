import type { Translation } from '../catalogue.ts';
import type { known as english } from '../en-US/known.ts';

export const known: Translation<typeof english> = {
  newest: 'Neuester Datenstand',
  readNow: 'Jetzt einlesen',
  underWay: 'das Einlesen läuft bereits',
  beingRead: 'Die Organisation wird eingelesen',
  notStarted: 'Das Einlesen wurde nicht begonnen',
  notReadYet: 'Die Organisation wurde noch nicht eingelesen.',

  readFrom: 'Gelesen aus',
  'source.organization': 'der API der Organisation',
  'source.jira': 'Jira allein, ohne den Schlüssel der Organisation: Aktivität nur aus einem importierten Export',
  'source.import': 'einem importierten Export aus admin.atlassian.com',
  begun: 'Begonnen',
  oldestPart: 'Ältester Teil',
  people: 'Personen',
  pagesFailed: 'Seiten, die nicht gelesen werden konnten',
  enough: 'Genug bekannt, um zu entscheiden',
  noActivityNeeded: 'keine aktive Richtlinie braucht eine Aktivität',
  share: '{{part}} von {{of}} ({{percent}})',
  pairs: '{{share}} Paare aus einer aktiven Richtlinie und einer Person, deren Aktivität sie kennen muss',
  idle: 'Seit 30 Tagen nicht oder nie gesehen',
  nobodyHasAccess: 'keine aktive Person hat einen Zugriff',
  idlePeople: '{{share}} aktive Personen mit Zugriff',
  waiting: 'Einzelabfrage steht aus',
  nobody: 'für niemanden',
  askedOneByOne: '{{people}}: Die letzte Aktivität muss einzeln abgefragt werden',
  askedUntil:
    '{{people}}: Die letzte Aktivität muss einzeln abgefragt werden, im von Atlassian erlaubten Tempo bis {{when}}',

  listed: '{{listed}} Personen aufgelistet',
  listedOf: '{{listed}} von {{expected}} Personen aufgelistet',
  listedAndAsked: '{{listed}}, {{asked}} von {{of}} einzeln nach der letzten Aktivität abgefragt',
  readingSince: 'Wird eingelesen seit {{when}}',
  readingSinceAnd: 'Wird eingelesen seit {{when}}. {{message}}',

  suspect: 'Dieser Datenstand ist zweifelhaft',
  wasSuspect: 'Dieser Datenstand war zweifelhaft und wurde als richtig bestätigt',
  'suspicion.source':
    'Verbinden Sie die Organisation mit ihrem API-Schlüssel: Auf dieser Grundlage kann nichts unternommen werden.',
  'suspicion.users':
    'Lesen Sie erneut ein. Fehlen weiterhin Personen, sehen Sie unten bei den Verzeichnissen nach: Womöglich sieht der Schlüssel nicht alle.',
  'suspicion.activity':
    'Warten Sie, bis die Personen unten einzeln abgefragt sind, oder lesen Sie erneut ein. Bei wem etwas nicht bekannt ist, geschieht so oder so nichts.',
  'suspicion.jump':
    'Vergleichen Sie einige dieser Personen mit admin.atlassian.com. Waren sie wirklich abwesend, bestätigen Sie den Datenstand als richtig.',
  saidRightBy: 'Als richtig bestätigt von {{who}}, {{when}}: {{reason}}',
  dryRunsUseIt: 'Probeläufe nutzen ihn; Läufe, die etwas tun, warten auf einen, der nicht zweifelhaft ist.',
  thisIsRight: 'Das ist richtig',
  thisIsRightLabel: 'Das ist richtig: den Sprung bei inaktiven Personen bestätigen',

  acceptQuestion: 'Ist dieser Datenstand richtig?',
  accept: 'Er ist richtig',
  howDoYouKnow: 'Woher wissen Sie das?',
  accepted: 'Der Datenstand gilt als richtig',
  stillSuspect: 'Der Datenstand ist weiterhin zweifelhaft',
  acceptMeaning:
    'Ein Fehler in den Daten von Atlassian sieht genauso aus und würde Personen, die arbeiten, den Zugriff nehmen. Ab jetzt dürfen Läufe auf diesem Datenstand handeln, sofern er nicht aus einem anderen Grund zweifelhaft ist. Das gilt nur für diesen Datenstand und steht im Protokoll. Der nächste Lauf jeder Richtlinie wird angehalten, und jemand anderes als Sie muss ihn freigeben.',

  directories: 'Verzeichnisse',
  directory: 'Verzeichnis',
  peopleListed: 'Aufgelistete Personen',
  peopleCounted: 'Personen laut Atlassian',
  doTheyAgree: 'Stimmt es überein?',
  noCount: 'Keine Zahl von Atlassian',
  theyAgree: 'Ja',
  missing: { one: '{{count}} Person fehlt', other: '{{count}} Personen fehlen' },
  moreThanCounted: { one: '{{count}} Person mehr als gezählt', other: '{{count}} Personen mehr als gezählt' },

  fields: 'Felder',
  field: 'Feld',
  fieldsText:
    'Auf ein Feld, das nicht bekannt ist, stützt eine Richtlinie keine Entscheidung und sagt es in ihren Läufen.',
  isKnown: 'Bekannt',
  knownNone: 'Bekannt, dass es keines gibt',
  notKnown: 'Nicht bekannt',
  shareOfField: '{{percent}} ({{part}})',
  'field.accountType': 'Art des Kontos',
  'field.status': 'Status',
  'field.emailDomain': 'E-Mail-Adresse',
  'field.addedToOrg': 'Hinzugefügt am',
  'field.group': 'Gruppen',
  'field.role': 'Rollen',
  'field.access': 'Produkte mit Zugriff',
  'field.idle': 'Letzte Aktivität je Produkt',
};
