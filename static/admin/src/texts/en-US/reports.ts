import type { Room } from '../catalogue.ts';

/** Who among the administrators is told what is new, in the settings. */
export const reports = {
  title: 'Reports to administrators',
  meaning:
    'What is new stands at the top of this page. It can also be told by mail, or as a comment on the issue that messages are sent from. Each message is sent at most once.',
  change: 'Change the reports',
  issueFirst: 'name the issue first that messages are sent from',
  told: 'Who is told',
  nobody: 'nobody; it stands on this page',
  byMail: 'by mail: {{groups}}',
  byMailToPeople: 'by mail: {{people}}',
  byMailToBoth: 'by mail: {{groups}} and {{people}}',
  asComment: 'whoever follows the issue, by a comment on it',
  how: 'How it is told',
  'how.mail': 'By mail to groups of Jira and to people',
  'how.comment': 'As a comment on the issue',
  groups: 'Groups of Jira',
  groupsHelp:
    'At most 10. Whether Jira writes to members who may not browse the issue is not certain. Without a group or a person, nobody is written to.',
  people: 'People',
  peopleHelp:
    'At most 50, found by a part of their name or address. Jira writes to active users of this site only; whoever is none gets nothing.',
  tooManyGroups: 'Choose at most 10 groups',
  runs: 'Runs that ended',
  runsHelp:
    'Of runs that wait for somebody it is always told. A policy that says itself who gets its reports has its own word.',
  'runs.changes': 'those that did something or went wrong',
  'runs.always': 'all, dry runs too',
  'runs.problems': 'only those that went wrong',
  seats: 'Seats that run out',
  seatsFrom: 'from {{percent}} % of a product’s seats on',
  seatsNever: 'never',
  seatsPercent: 'Tell of seats from so many percent on',
  seatsHelp: 'From 50 to 100, or empty for never. It is also told when the last seat will be taken within 30 days.',
  seatsWrong: 'Enter a whole number from 50 to 100, or leave it empty',
  digest: 'Seats in figures',
  weekly: 'once a week',
  digestQuestion: 'Seats in figures, once a week',
  digestHelp: 'On Monday (UTC).',
  anchor: 'The log’s head',
  daily: 'on each day on which it moved',
  anchorQuestion: 'The log’s head, on each day on which it moved',
  anchorHelp: 'Whoever keeps the message can prove later that nothing was cut off the log’s end.',
  notTold: 'not told',
  toNobody: 'Tell nobody',
  send: 'Send the report',
  sendTitle: 'Send the report of this run',
  sendMeaning:
    'Jira sends the figures of the run, why people were let be, the hash of its plan and the newest entry of the log. No names of people are in it.',
  sendGroupsHelp: 'At most 10. Everybody in them who is an active user of this site gets the report.',
  sendNow: 'Send it now',
  note: 'A line from you (optional)',
  noteHelp: 'It stands first in the report.',
  withBundle:
    'The SHA-256 of the evidence that you downloaded is in it: whoever gets that file can tell that it is the one.',
  withoutBundle:
    'You have not downloaded the evidence of the run as it stands: the hash of the plan and the newest entry of the log stand for it. Download the evidence first to have its SHA-256 in the report.',
  sayToWhom: 'Choose a person or a group.',
  sent: 'The report was sent',
  notSent: 'The report was not sent, or it is not known',
  saved: 'The reports to administrators were changed',
} as const satisfies Room;
