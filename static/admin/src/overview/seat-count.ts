import type { ProductFigures } from '../../gen/types';
import { counted } from '../shown/sentence';

/**
 * How the seats counted from a reading and those that Atlassian says are taken differ, in words. Whoever is not known to
 * take a seat or not explains a difference of as many seats.
 */
export function seatDifference({ seats, seatsUnknown, seatsSaid }: ProductFigures, locale: string): string {
  if (seatsSaid === null) return 'Atlassian did not say';
  if (seatsSaid === seats) return 'None';
  if (seatsSaid < seats) return `Atlassian says ${count(seats - seatsSaid, locale)} fewer`;
  const unexplained = seatsSaid - seats - seatsUnknown;
  const people = counted(seatsUnknown, 'person', 'people', locale);
  if (unexplained <= 0) return `Within the ${people} whose seat is not known`;
  const more = `Atlassian says ${count(seatsSaid - seats, locale)} more`;
  return seatsUnknown > 0 ? `${more}, and only ${people} here may explain some of them` : more;
}

const count = (value: number, locale: string): string => counted(value, 'seat', 'seats', locale);
