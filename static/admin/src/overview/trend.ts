import type { TrendMonth, TrendPlace } from '../../gen/types';

/** What is drawn of a day. */
export interface TrendPoint {
  /** Such as `2026-11-21`, in UTC. */
  day: string;
  seats: number;
  /** `undefined` where Atlassian did not say. */
  capacity: number | undefined;
  active: number;
  idle: number;
  never: number;
  unknown: number;
  /** Whether the reading of that day was doubted. */
  suspect: boolean;
}

export const placeKey = ({ product, site }: Pick<TrendPlace, 'product' | 'site'>): string => `${product} ${site}`;

/** Each product on each site of which there are points, the one with the most people on its newest day first. */
export function placesOf(newestFirst: TrendMonth[]): TrendPlace[] {
  const places = new Map<string, TrendPlace>();
  for (const place of newestFirst.flatMap((month) => month.places)) {
    if (!places.has(placeKey(place))) places.set(placeKey(place), place);
  }
  return [...places.values()].sort((a, b) => (b.people.at(-1) ?? 0) - (a.people.at(-1) ?? 0));
}

/** The points of one place, the oldest first. */
export const pointsOf = (newestFirst: TrendMonth[], key: string): TrendPoint[] =>
  newestFirst.toReversed().flatMap(({ month, suspect, places }) => {
    const place = places.find((each) => placeKey(each) === key);
    return (place?.days ?? []).map((day, at) => ({
      day: `${month}-${String(day).padStart(2, '0')}`,
      seats: place?.seats[at] ?? 0,
      capacity: place?.capacity[at] || undefined,
      active: place?.active[at] ?? 0,
      idle: place?.idle[at] ?? 0,
      never: place?.never[at] ?? 0,
      unknown: place?.unknown[at] ?? 0,
      suspect: suspect.includes(day),
    }));
  });
