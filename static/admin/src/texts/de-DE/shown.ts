import type { Translation } from '../catalogue.ts';
import type { shown as english } from '../en-US/shown.ts';

export const shown: Translation<typeof english> = {
  people: { one: '{{count}} Person', other: '{{count}} Personen' },
  // Stands behind "von".
  you: 'Ihnen',
  doneBy: '{{when}} von {{who}}',
  inDays: { one: 'in {{count}} Tag', other: 'in {{count}} Tagen' },
  withinADay: 'innerhalb eines Tages',
  over: 'vorbei',
  notSaid: 'keine Angabe',

  cancel: 'Abbrechen',
  close: 'Schließen',
  closePanel: 'Einzelheiten schließen',
  refresh: 'Aktualisieren',
  loadMore: 'Mehr laden',
  tryAgain: 'Erneut versuchen',
  chooseFileFirst: 'wählen Sie zuerst eine Datei',
  reason: 'Begründung',
  reasonMissing: 'Geben Sie eine Begründung an: Das Protokoll bewahrt sie für spätere Fragen auf.',
  wholeNumber: 'Geben Sie eine ganze Zahl ein.',
  fillIn: 'Füllen Sie dieses Feld aus.',
  nothingChanged: 'Es wurde nichts geändert',

  whichPeople: 'E-Mail-Adressen oder Konto-IDs',
  whichPeopleHelp:
    'Getrennt durch Leerzeichen, Kommas oder Zeilenumbrüche. Andere Wörter, etwa Namen, werden ausgelassen: Eine Tabelle darf so eingefügt werden, wie sie ist.',
  orFile: 'Oder aus einer Datei (CSV oder Text)',

  loading: 'Wird geladen: {{what}}',
  notLoaded: 'Laden fehlgeschlagen: {{what}}',
  pageOf: 'Seite {{number}} von {{of}}',
  previousPage: 'Vorherige Seite',
  nextPage: 'Nächste Seite',

  noAnswer: 'die App hat nicht geantwortet ({{detail}})',
  noAnswerAtAll: 'die App hat nicht geantwortet',
  noAnswerHint:
    'ob etwas geschehen ist, ist nicht bekannt: Laden Sie die Seite neu und sehen Sie im Protokoll nach, bevor Sie es erneut versuchen',
  wrongAnswer: 'die App hat eine Antwort gegeben, die diese Seite nicht versteht',
  wrongAnswerHint: 'laden Sie die Seite neu: Sie ist womöglich älter als die App',
  partFailed: 'dieser Teil der Seite ist fehlgeschlagen ({{detail}})',
  partFailedHint: 'die App wurde womöglich inzwischen erneuert: Laden Sie die Seite neu',
  evidenceNeedsWasm:
    'Exporte und Nachweispakete werden im Browser mit WebAssembly erstellt und geprüft, und diese Seite darf es nicht nutzen',
  rosterNeedsWasm:
    'alle werden im Browser mit WebAssembly aufgelistet und gefiltert, und diese Seite darf es nicht nutzen',
  previewNeedsWasm:
    'die Vorschau einer Regel entsteht im Browser mit WebAssembly, das diese Seite nicht verwenden darf',
  fromTo: '{{from}} bis {{to}}',
  exportNeedsWasm: 'ein Export wird im Browser mit WebAssembly gelesen, und diese Seite darf es nicht nutzen',
  needsWasmHint: 'öffnen Sie die Seite in einem Browser, der WebAssembly erlaubt',
};
