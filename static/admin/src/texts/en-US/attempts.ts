import type { Room } from '../catalogue.ts';

/** What happens when somebody tries to log in whom a policy suspended, in the settings. */
export const attempts = {
  title: 'When somebody tries to log in',
  meaning:
    'Whoever a policy suspended and who then tries to log in can have the access back without a link. Whom somebody else suspended stays suspended, and so does whoever was suspended by hand.',
  change: 'Change what happens',
  happens: 'What happens',
  'way.none': 'nothing',
  'way.restore': 'gives back what was taken, as long as a seat is free',
  'way.ask': 'asks a second person, who approves or rejects it',
  wayHelp:
    'One attempt begins one undo, for 90 days after the suspension. Where every seat is taken, or the organization has several directories, a second person is asked. Whom that person refuses is not put up again.',
  events: 'Events of people who log in',
  notAsked: 'Atlassian was not asked yet which events the organization has. That is done once a day.',
  notListed:
    'not available: the organization’s log lists no event of people who log in, which needs Atlassian Guard (last asked: {{when}})',
  noneSeen:
    'not available yet: the log lists such an event ({{actions}}), and none was seen. Some lists name events that need Atlassian Guard',
  refused: 'not available: {{why}}',
  seen: 'available since {{when}}, by {{actions}}',
  delay: 'How late they are',
  delayText: { one: 'about {{count}} minute, as measured', other: 'about {{count}} minutes, as measured' },
  notAvailable: 'such events were not seen in this organization',
  isOff: 'Attempts to log in change nothing',
  isOn: 'Attempts to log in are answered',
} as const satisfies Room;
