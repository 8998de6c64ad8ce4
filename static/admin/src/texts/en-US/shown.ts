import type { Room } from '../catalogue.ts';

/** What every page uses: counts, dialogs, loading, errors. */
export const shown = {
  people: { one: '{{count}} person', other: '{{count}} people' },
  you: 'you',
  doneBy: '{{when}} by {{who}}',
  inDays: { one: 'in {{count}} day', other: 'in {{count}} days' },
  withinADay: 'within a day',
  over: 'over',
  notSaid: 'not said',

  cancel: 'Cancel',
  close: 'Close',
  closePanel: 'Close the details',
  refresh: 'Refresh',
  loadMore: 'Load more',
  tryAgain: 'Try again',
  chooseFileFirst: 'choose a file first',
  reason: 'Reason',
  reasonMissing: 'Write a reason: the log keeps it for whoever asks later.',
  wholeNumber: 'Enter a whole number.',
  fillIn: 'Fill this in.',
  nothingChanged: 'Nothing was changed',

  whichPeople: 'E-mail addresses or account ids',
  whichPeopleHelp:
    'Between spaces, commas or line ends. Other words, such as names, are left out: a table may be pasted as it is.',
  orFile: 'Or from a file (CSV or text)',

  loading: 'Loading {{what}}',
  notLoaded: 'Could not load {{what}}',
  pageOf: 'Page {{number}} of {{of}}',
  previousPage: 'Previous page',
  nextPage: 'Next page',

  noAnswer: 'the app did not answer ({{detail}})',
  noAnswerAtAll: 'the app did not answer',
  noAnswerHint: 'whether anything was done is not known: reload the page and look at the log before you try again',
  wrongAnswer: 'the app gave an answer that this page does not understand',
  wrongAnswerHint: 'reload the page: it may be older than the app',
  partFailed: 'this part of the page failed ({{detail}})',
  partFailedHint: 'the app may have been renewed meanwhile: reload the page',
  evidenceNeedsWasm:
    'exports and evidence bundles are made and verified in the browser with WebAssembly, which this page may not use',
  rosterNeedsWasm: 'everybody is listed and filtered in the browser with WebAssembly, which this page may not use',
  previewNeedsWasm: 'a policy is previewed in the browser with WebAssembly, which this page may not use',
  fromTo: '{{from}} to {{to}}',
  exportNeedsWasm: 'an export is read in the browser with WebAssembly, which this page may not use',
  needsWasmHint: 'open the page in a browser that allows WebAssembly',
} as const satisfies Room;
