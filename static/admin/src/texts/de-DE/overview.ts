import type { Translation } from '../catalogue.ts';
import type { overview as english } from '../en-US/overview.ts';

export const overview: Translation<typeof english> = {
  atAGlance: 'Auf einen Blick',
  counts: 'Zahlen',
  people: 'Personen',
  peopleMeaning: 'Personen im neuesten Datenstand der Organisation',
  policies: 'Richtlinien',
  activeRuns: 'laufende oder angehaltene Läufe',
  exemptions: 'Ausnahmen',
  logEntries: 'Protokolleinträge',

  waiting: 'Wartet auf Sie',
  nothingWaits: 'Nichts wartet auf eine Entscheidung.',

  readingSuspect: 'Der neueste Datenstand ist zweifelhaft',
  runsWait: 'Läufe, die etwas tun, warten auf einen besseren. {{link}}',
  seeWhy: 'Gründe und Abhilfe ansehen',

  seats: 'Plätze nach Produkt und Site',
  asRead: 'Stand: {{when}}.',
  notReadYet:
    'Die Organisation wurde noch nicht eingelesen. Ein Probelauf einer Richtlinie liest sie ein, ebenso „Jetzt einlesen“ unter „Datenstand“.',
  product: 'Produkt',
  site: 'Site',
  withAccess: 'Personen mit Zugriff',
  seenRecently: 'In den letzten 30 Tagen gesehen',
  seenLongerAgo: 'Länger nicht gesehen',
  neverSeen: 'Nie gesehen',
  notKnown: 'Nicht bekannt',

  paidSeats: 'Bezahlte Plätze',
  seatCount: 'Bezahlte Plätze im Vergleich zur Zählung von Atlassian',
  seatsCounted: 'Gezählte Plätze',
  atlassianSays: 'Laut Atlassian',
  capacity: 'Kapazität',
  difference: 'Unterschied',
  nobodyHolds: 'Niemand hat Zugriff auf ein Produkt.',
  seatsAndUnknown: '{{seats}}, dazu {{people}} nicht bekannt',
  atlassianSilent: 'Keine Angabe von Atlassian',
  noDifference: 'Keiner',
  saysFewer: { one: 'Laut Atlassian {{count}} Platz weniger', other: 'Laut Atlassian {{count}} Plätze weniger' },
  saysMore: { one: 'Laut Atlassian {{count}} Platz mehr', other: 'Laut Atlassian {{count}} Plätze mehr' },
  withinUnknown: 'Erklärbar: {{people}} mit nicht bekanntem Platz',
  mayExplainSome: '{{difference}}; davon können hier nur {{people}} einen Teil erklären',

  connectYours: 'Ihre Organisation verbinden',
  whatItDoes:
    'Seatkeeper findet Personen mit einer Lizenz, die sie nicht mehr nutzen. Es liest die Organisation mit einem API-Schlüssel, den ein Administrator der Organisation erstellt, und unternimmt nichts, bis der erste Lauf einer Richtlinie freigegeben wurde.',
  step1: 'Wählen Sie in {{place}} die Organisation, dann {{menu}}.',
  step1Place: 'admin.atlassian.com',
  step1Menu: 'Organisationseinstellungen → API-Schlüssel',
  step2: 'Erstellen Sie einen Schlüssel {{kind}} und notieren Sie, wann er abläuft.',
  step2Kind: 'ohne Geltungsbereiche',
  step3: 'Kopieren Sie die ID der Organisation und den Schlüssel in dieses Formular.',
  step4: 'Fügen Sie eine Richtlinie hinzu und machen Sie einen {{run}}: Er zeigt, wer gemeint wäre und warum.',
  step4Run: 'Probelauf',
  withoutKey: 'Oder ohne Schlüssel beginnen',
  withoutKeyText:
    'Jira weiß, wer auf dieser Site einen Platz hat, und ein Export aus admin.atlassian.com, wann Personen zuletzt aktiv waren. Das zeigt, wer Plätze hat und nicht nutzt; Richtlinien, Probeläufe und alles, was mit jemandem geschieht, brauchen einen Schlüssel.',
};
