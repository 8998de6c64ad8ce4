import type { Requests } from '../../gen/types';
import type { Say } from '../texts/texts';

/** Whose access an issue asks for. */
const personText = ({ field }: Requests, say: Say): string =>
  field === null ? say('requests.reporter') : say('requests.inField', { field });

/** Which issues ask for accesses back, for whom, and what approves. */
export const requestsFacts = (requests: Requests, say: Say): [string, string][] => [
  [say('requests.project'), requests.project],
  [say('requests.approves'), say('requests.approvesText', { status: requests.approvedStatus })],
  [say('requests.person'), personText(requests, say)],
];

/** The same in one line. */
export const requestsText = (requests: Requests, say: Say): string =>
  say('requests.inShort', {
    project: requests.project,
    status: requests.approvedStatus,
    person: personText(requests, say),
  });
