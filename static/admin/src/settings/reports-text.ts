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

function toldText({ asComment, groups }: Reports, say: Say): string {
  if (asComment) return say('reports.asComment');
  if (groups.length === 0) return say('reports.nobody');
  return say('reports.byMail', { groups: groups.map(({ name }) => name).join(', ') });
}
