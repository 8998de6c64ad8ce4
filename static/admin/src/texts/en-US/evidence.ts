import type { Room } from '../catalogue.ts';

export const evidence = {
  title: 'Evidence',
  file: 'Bundle (zip) or entries (JSON lines)',
  anchor: 'Anchor, from where you keep it (optional)',
  anchorExample: 'number:hash',
  verify: 'Verify the file',
  notVerified: 'The file was not verified',
  anchorForm: 'an anchor is a number and a hash, such as 17:9f86d0…',
  chooseAsDownloaded: 'choose the file as it was downloaded',
  fits: 'Everything in the file fits',
  doesNotFit: 'The file does not fit',
  lastEntry: 'Last entry: {{head}}',
  download: 'Download the evidence',
  notCollected: 'The evidence was not collected',
} as const satisfies Room;
