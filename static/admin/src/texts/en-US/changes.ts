import type { Room } from '../catalogue.ts';

/** What somebody else did. */
export const changes = {
  theLog: 'The log',
  title: 'Changes that are not in the log',
  theChanges: 'the changes',
  text: 'Somebody else did this: an administrator, another tool, or this app installed on another site of the organization. Whoever was restored is left alone for 30 days.',
  none: 'No reading showed such a change.',
  newestFirst: { one: '{{count}} change, newest first', other: '{{count}} changes, newest first' },
  person: 'Person',
  directory: 'Directory',
  whatWasDone: 'What was done',
  between: 'Between these readings',
  fromTo: '{{after}} and {{before}}',
  pages: 'Pages of changes',
  'act.suspended': 'Suspended',
  'act.restored': 'Restored',
} as const satisfies Room;
