import type { Reports } from '../../gen/types';
import type { Say } from '../texts/texts';

/** What holds where nobody said otherwise: only the page tells what is new. */
export const USUAL_REPORTS: Reports = {
  groups: [],
  asComment: false,
  runs: 'changes',
  seatsPercent: 90,
  digest: false,
  anchor: false,
};

/** Who is told, of what, each under its name. */
export const reportsFacts = (reports: Reports, say: Say): [name: string, value: string][] => [
  [say('reports.told'), toldText(reports, say)],
  [say('reports.runs'), say(`reports.runs.${reports.runs}`)],
  [
    say('reports.seats'),
    reports.seatsPercent === null
      ? say('reports.seatsNever')
      : say('reports.seatsFrom', { percent: reports.seatsPercent }),
  ],
  [say('reports.digest'), say(reports.digest ? 'reports.weekly' : 'reports.notTold')],
  [say('reports.anchor'), say(reports.anchor ? 'reports.daily' : 'reports.notTold')],
];

function toldText({ asComment, groups, people = [] }: Reports, say: Say): string {
  if (asComment) return say('reports.asComment');
  const count = people.length;
  const names = groups.map(({ name }) => name).join(', ');
  if (count === 0) return names ? say('reports.byMail', { groups: names }) : say('reports.nobody');
  const counted = say('shown.people', { count });
  return names
    ? say('reports.byMailToBoth', { groups: names, people: counted })
    : say('reports.byMailToPeople', { people: counted });
}
