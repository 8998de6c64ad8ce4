import type { Room } from '../catalogue.ts';

export const overview = {
  atAGlance: 'At a glance',
  counts: 'Counts',
  people: 'people',
  peopleMeaning: 'People in the newest reading of the organization',
  policies: 'policies',
  activeRuns: 'runs at work or held',
  exemptions: 'exemptions',
  logEntries: 'log entries',

  waiting: 'Waiting for you',
  nothingWaits: 'Nothing waits for a decision.',

  readingSuspect: 'The newest reading is suspect',
  runsWait: 'Runs that act wait for a better one. {{link}}',
  seeWhy: 'See why, and what to do',

  seats: 'Seats by product and site',
  asRead: 'As read {{when}}.',
  notReadYet:
    'The organization was not read yet. A dry run of a policy reads it, and so does “Read now” under What is known.',
  product: 'Product',
  site: 'Site',
  withAccess: 'People with access',
  seenRecently: 'Seen within 30 days',
  seenLongerAgo: 'Seen longer ago',
  neverSeen: 'Never seen',
  notKnown: 'Not known',

  paidSeats: 'Paid seats',
  seatCount: 'Paid seats against Atlassian’s count',
  seatsCounted: 'Seats counted',
  atlassianSays: 'Atlassian says',
  capacity: 'Capacity',
  difference: 'Difference',
  nobodyHolds: 'Nobody holds a product.',
  seatsAndUnknown: '{{seats}}, and {{people}} not known',
  atlassianSilent: 'Atlassian did not say',
  noDifference: 'None',
  saysFewer: { one: 'Atlassian says {{count}} seat fewer', other: 'Atlassian says {{count}} seats fewer' },
  saysMore: { one: 'Atlassian says {{count}} seat more', other: 'Atlassian says {{count}} seats more' },
  withinUnknown: 'Within the {{people}} whose seat is not known',
  mayExplainSome: '{{difference}}, and only {{people}} here may explain some of them',

  connectYours: 'Connect your organization',
  whatItDoes:
    'Seatkeeper finds people who hold a licence they no longer use. It reads the organization with an API key that an administrator of the organization makes, and does nothing to anybody until a policy’s first run was released.',
  step1: 'In {{place}} choose the organization, then {{menu}}.',
  step1Place: 'admin.atlassian.com',
  step1Menu: 'Organization settings → API keys',
  step2: 'Create a key {{kind}} and note when it expires.',
  step2Kind: 'without scopes',
  step3: 'Copy the organization’s id and the key into this form.',
  step4: 'Add a policy and do a {{run}}: it shows who would be meant, and why.',
  step4Run: 'dry run',
  withoutKey: 'Or begin without a key',
  withoutKeyText:
    'Jira tells who holds a seat on this site, and an export of admin.atlassian.com when people were last active. That shows who holds seats and does not use them; policies, dry runs and everything that is done to anybody need a key.',
} as const satisfies Room;
