import type { Translation } from '../catalogue.ts';
import type { imported as english } from '../en-US/import.ts';

export const imported: Translation<typeof english> = {
  title: 'Export aus admin.atlassian.com',
  theExport: 'der Export',
  whatFor:
    'In admin.atlassian.com erstellt „Verzeichnis → Benutzer → Benutzer exportieren“ eine Datei mit der letzten Aktivität aller Personen. Ohne Schlüssel stammt die Aktivität daraus, Person für Person; ist eine Organisation verbunden, zählt nur, was von ihr gelesen wird.',
  forget: 'Export vergessen',
  stopped: 'Das Hochladen von {{file}} wurde unterbrochen',
  stoppedText:
    '{{received}} von {{parts}} Teilen sind da. Wählen Sie dieselbe Datei noch einmal: Das Hochladen geht dort weiter, wo es stehen blieb. Bis dahin wird nichts davon verwendet.',
  cannotUpload: 'Diese Seite kann keinen Export hochladen',
  cannotUploadText:
    'Die Datei wird im Browser mit WebAssembly gelesen, das hier gesperrt ist. Öffnen Sie die Seite in einem Browser, der es erlaubt.',

  forgetQuestion: 'Diesen Export vergessen?',
  forgetOrder: 'Vergessen',
  forgotten: 'Der Export wurde vergessen',
  notForgotten: 'Der Export wurde nicht vergessen',
  forgetMeaning:
    'Ab dem nächsten Einlesen ist nicht mehr bekannt, was nur in {{file}} steht, und Richtlinien stützen keine Entscheidung darauf. Ein erneutes Hochladen der Datei macht das rückgängig.',

  file: 'Datei',
  made: 'Erstellt',
  inUseSince: 'In Gebrauch seit',
  notInUse: 'noch nicht in Gebrauch',
  rowsOfExport: 'Zeilen des Exports',
  rows: 'Zeilen',
  rowsMeaning: 'Zeilen der Datei ohne die Überschriften',
  taken: 'übernommen',
  merged: 'zusammengeführt',
  mergedMeaning: 'Zeilen über jemanden, der schon in einer früheren Zeile stand',
  refused: 'zurückgewiesen',
  refusedMeaning: 'Zeilen, die nicht verwendet werden',
  people: 'Personen',
  notTold: 'Was diese Datei nicht verrät',
  row: 'Zeile',
  whyRefused: 'Warum sie zurückgewiesen wurde',
  firstRefused: {
    one: 'Die ersten {{shown}} von {{count}} zurückgewiesenen Zeile, nach Nummern mit den Überschriften als Zeile 1.',
    other:
      'Die ersten {{shown}} von {{count}} zurückgewiesenen Zeilen, nach Nummern mit den Überschriften als Zeile 1.',
  },
  refusedRows: 'Zurückgewiesene Zeilen',
  pagesOfRefused: 'Seiten mit zurückgewiesenen Zeilen',

  inUse: 'Der Export ist in Gebrauch',
  notUploaded: 'Der Export wurde nicht hochgeladen',
  stop: 'Anhalten',
  upload: 'Export hochladen',
  sayWhenMade: 'geben Sie an, an welchem Tag die Datei erstellt wurde',
  chooseFile: 'Export (CSV)',
  madeOn: 'Tag, an dem sie erstellt wurde',
  madeOnHelp: 'Was Personen nach diesem Tag getan haben, kann die Datei nicht wissen.',
  reading: 'Datei wird gelesen: {{percent}} %',
  sent: '{{done}} von {{of}} Teilen gesendet',

  replaced: 'die App hat Teil {{number}} des Exports nicht angenommen',
  replacedHint:
    'womöglich hat inzwischen jemand anderes einen Export hochgeladen oder vergessen lassen: Laden Sie die Seite neu und sehen Sie nach, bevor Sie es erneut versuchen',
  gone: 'das Hochgeladene ist fort: Jemand hat es die App vergessen lassen',
  goneHint: 'wählen Sie die Datei erneut, um sie von Anfang an hochzuladen',
  failedInside: 'auf dieser Seite ist beim Lesen der Datei ein innerer Fehler aufgetreten',
  badExportHint:
    'wählen Sie die Datei so, wie admin.atlassian.com sie erstellt hat, ohne Änderung durch eine Tabellenkalkulation',
  unreadable: 'der Browser kann die Datei nicht lesen',
  unreadableBecause: 'der Browser kann die Datei nicht lesen ({{detail}})',
  unreadableHint: 'sie hat sich womöglich seit der Auswahl geändert: Wählen Sie sie erneut',
};
