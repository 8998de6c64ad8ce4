import type { ProductFigures } from '../../gen/types';
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

/** The people behind a figure of one product on one site. */
export const peopleOf = ({ product, site }: Pick<ProductFigures, 'product' | 'site'>, activity?: Activity): Route => ({
  page: 'people',
  filter: [['status', 'active'], ['product', product], ['site', site], ...(activity ? seen(activity) : [])],
});
