import type { Room } from '../catalogue.ts';

/** The frame around every page: title, navigation, who may do what, the app's health. */
export const page = {
  language: 'en',
  title: 'Seatkeeper',

  overview: 'Overview',
  known: 'What is known',
  people: 'Users',
  policies: 'Policies',
  runs: 'Runs',
  log: 'Log',
  exemptions: 'Exemptions',
  settings: 'Settings',
  thisPage: 'this page',

  viewerOnly:
    'You can look at everything here and change nothing. Administrators of the organization can, and operators and approvers in what a group of Jira lets them do.',
  'only.operator': 'only operators, approvers and administrators of the organization may do this',
  'only.approver': 'only approvers and administrators of the organization may do this',
  'only.organizationAdministrator': 'only administrators of the organization may do this',
  connectFirst: 'connect the organization first',
  noAccess: 'You do not have access to Seatkeeper',
  forWhom:
    'Seatkeeper is for people who administer Jira or the organization, and for the groups that may operate or approve.',

  needsALook: 'Seatkeeper needs a look',
  seeChanges: 'See the changes',
  seeKnown: 'See what is known',
  seeExemptions: 'See the exemptions',
  seeConnection: 'See the connection',
} as const satisfies Room;
