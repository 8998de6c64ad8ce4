import type { ProductFigures } from '../../gen/types';
import type { Say } from '../texts/texts';

/**
 * How the seats counted from a reading and those that Atlassian says are taken differ, in words. Whoever is not known to
 * take a seat or not explains a difference of as many seats.
 */
export function seatDifference({ seats, seatsUnknown, seatsSaid }: ProductFigures, say: Say): string {
  if (seatsSaid === null) return say('overview.atlassianSilent');
  if (seatsSaid === seats) return say('overview.noDifference');
  if (seatsSaid < seats) return say('overview.saysFewer', { count: seats - seatsSaid });
  const unexplained = seatsSaid - seats - seatsUnknown;
  const people = say('shown.people', { count: seatsUnknown });
  if (unexplained <= 0) return say('overview.withinUnknown', { people });
  const difference = say('overview.saysMore', { count: seatsSaid - seats });
  return seatsUnknown > 0 ? say('overview.mayExplainSome', { difference, people }) : difference;
}
