import type { Notices, Reports, Roles, SeatThreshold } from '../../gen/types';
import { productName } from '../overview/product-name';
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

/** Who is told as far as anybody said so; where nobody did, whoever may approve is proposed. */
export const reportsOf = (notices: Notices, roles: Roles): Reports =>
  notices.reports ?? { ...USUAL_REPORTS, groups: roles.approver ? [roles.approver] : [] };

/** Who is told, of what, each under its name. */
export const reportsFacts = (reports: Reports, say: Say): [name: string, value: string][] => [
  [say('reports.told'), toldText(reports, say)],
  [say('reports.runs'), say(`reports.runs.${reports.runs}`)],
  [say('reports.seats'), fromText({ percent: reports.seatsPercent, used: reports.seatsUsed ?? null }, say)],
  [say('reports.forecast'), say((reports.seatsForecast ?? true) ? 'reports.forecastTold' : 'reports.notTold')],
  ...(reports.seatThresholds ?? []).map((own): [string, string] => [placeText(own, say), fromText(own, say)]),
  [say('reports.digest'), say(reports.digest ? 'reports.weekly' : 'reports.notTold')],
  [say('reports.anchor'), say(reports.anchor ? 'reports.daily' : 'reports.notTold')],
];

/** From where on seats are told. */
export function fromText({ percent, used }: Pick<SeatThreshold, 'percent' | 'used'>, say: Say): string {
  const share = percent === null ? [] : [say('reports.seatsFrom', { percent })];
  const number = used === null ? [] : [say('reports.seatsFromUsed', { count: used })];
  return [...share, ...number].join('; ') || say('reports.seatsNever');
}

/** A product on a site. */
export const placeText = ({ product, site }: Pick<SeatThreshold, 'product' | 'site'>, say: Say): string =>
  say('overview.productOn', { product: productName(product), site });

function toldText(reports: Reports, say: Say): string {
  const mail = mailText(reports, say);
  if (!reports.asComment) return mail ?? say('reports.nobody');
  const comment = say('reports.asComment');
  return reports.alsoMail && mail ? say('reports.bothWays', { mail, comment }) : comment;
}

function mailText({ groups, people = [] }: Reports, say: Say): string | undefined {
  const count = people.length;
  const names = groups.map(({ name }) => name).join(', ');
  if (count === 0) return names ? say('reports.byMail', { groups: names }) : undefined;
  const counted = say('shown.people', { count });
  return names
    ? say('reports.byMailToBoth', { groups: names, people: counted })
    : say('reports.byMailToPeople', { people: counted });
}
