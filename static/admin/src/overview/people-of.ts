import type { ProductFigures, Seat } from '../../gen/types';
import type { Filter, Route } from '../page/route';

/** How long ago somebody was seen, as the figures part people. */
export const ACTIVITIES = ['active', 'idle', 'never', 'unknown'] as const;
export type Activity = (typeof ACTIVITIES)[number];

/** Days within which the figures count somebody as active. */
const DAYS = '30';

/** What the figures count as active or idle, in the address of the list of people. */
export const seen = (activity: Activity): Filter =>
  activity === 'active' || activity === 'idle'
    ? [
        ['activity', activity],
        ['days', DAYS],
      ]
    : [['activity', activity]];

type Place = Pick<ProductFigures, 'product' | 'site'>;

/** Whom the figures count: active people, and those of whom Jira does not say whether they are. */
const counted = ({ product, site }: Place): Filter => [
  ['status', 'active'],
  ['status', 'unknown'],
  ['product', product],
  ['site', site],
];

/** The people behind a figure of one product on one site. */
export const peopleOf = (place: Place, activity?: Activity): Route => ({
  page: 'people',
  filter: [...counted(place), ...(activity ? seen(activity) : [])],
});

/** Those of them who take a seat there, or of whom that is not known. */
export const seatsOf = (place: Place, seat: Seat): Route => ({
  page: 'people',
  filter: [...counted(place), ['seat', seat]],
});
