import type { Room } from '../catalogue.ts';

/** Issues that ask for an access back, in the settings. */
export const requests = {
  title: 'Requests in Jira',
  meaning:
    'Whoever was suspended cannot log in. A colleague, a manager or the help desk asks for them with an issue, such as a request of Jira Service Management: an approver who moves it to the approving status gives the access back that a policy took, anybody else asks for it.',
  change: 'Change requests',
  project: 'Project',
  none: 'none: no issue gives anything back',
  approves: 'What approves',
  approvesText: 'the status “{{status}}”, by an approver who is not the person',
  person: 'Whose access it is',
  reporter: 'whoever reported the issue',
  inField: 'whom the field {{field}} names',
  projectHelp: 'Issues of any other project ask for nothing.',
  projectExample: 'HELP',
  projectWrong: 'A key has capitals, digits and underscores, such as HELP.',
  field: 'Id of the field that names the person',
  fieldHelp:
    'A field for one user. Empty for the reporter, who is often somebody else: a suspended person cannot report.',
  fieldExample: 'customfield_10050',
  fieldWrong: 'An id has letters, digits and underscores, such as customfield_10050.',
  off: 'No requests',
  askedIn: 'Issues of {{project}} ask for accesses back',
  askedNowhere: 'No issue asks for an access back',
  inShort: '{{project}}, “{{status}}”, {{person}}',
} as const satisfies Room;
