import type { Room } from '../catalogue.ts';

/** The export of admin.atlassian.com and its upload. */
export const imported = {
  title: 'Export of admin.atlassian.com',
  theExport: 'the export',
  whatFor:
    'In admin.atlassian.com, Directory → Users → Export users makes a file with everybody’s last activity. Without a key it is where activity comes from, person by person; where an organization is connected, only what is read of it counts.',
  forget: 'Forget the export',
  stopped: 'The upload of {{file}} stopped',
  stoppedText:
    '{{received}} of {{parts}} parts are here. Choose the same file again: the upload goes on where it stopped. Until then nothing of it is used.',
  cannotUpload: 'This page cannot upload an export',
  cannotUploadText:
    'The file is read in the browser with WebAssembly, which is blocked here. Open the page in a browser that allows it.',

  forgetQuestion: 'Forget this export?',
  forgetOrder: 'Forget',
  forgotten: 'The export was forgotten',
  notForgotten: 'The export was not forgotten',
  forgetMeaning:
    'From the next reading on, what only {{file}} says is not known, and policies decide nothing on it. Uploading the file again takes this back.',

  file: 'File',
  made: 'Made',
  inUseSince: 'In use since',
  notInUse: 'not in use yet',
  rowsOfExport: 'Rows of the export',
  rows: 'rows',
  rowsMeaning: 'Rows of the file, without the headings',
  taken: 'taken',
  merged: 'merged',
  mergedMeaning: 'Rows about somebody who stood in a row before',
  refused: 'refused',
  refusedMeaning: 'Rows that are not used',
  people: 'people',
  notTold: 'What this file does not tell',
  row: 'Row',
  whyRefused: 'Why it was refused',
  firstRefused: {
    one: 'The first {{shown}} of {{count}} refused row, by their numbers with the headings as row 1.',
    other: 'The first {{shown}} of {{count}} refused rows, by their numbers with the headings as row 1.',
  },
  refusedRows: 'Refused rows',
  pagesOfRefused: 'Pages of refused rows',

  inUse: 'The export is in use',
  notUploaded: 'The export was not uploaded',
  stop: 'Stop',
  upload: 'Upload the export',
  sayWhenMade: 'say on which day the file was made',
  chooseFile: 'Export (CSV)',
  madeOn: 'Day on which it was made',
  madeOnHelp: 'What people did after that day the file cannot know.',
  reading: 'Reading the file: {{percent}} %',
  sent: '{{done}} of {{of}} parts sent',

  replaced: 'the app did not take part {{number}} of the export',
  replacedHint:
    'somebody else may have uploaded or forgotten an export meanwhile: reload the page and look before you try again',
  gone: 'the upload is gone: somebody made the app forget it',
  goneHint: 'choose the file again to upload it from its beginning',
  failedInside: 'this page failed inside while it read the file',
  badExportHint: 'choose the file as admin.atlassian.com made it, without a change by a spreadsheet',
  unreadable: 'the browser cannot read the file',
  unreadableBecause: 'the browser cannot read the file ({{detail}})',
  unreadableHint: 'it may have changed since it was chosen: choose it again',
} as const satisfies Room;
