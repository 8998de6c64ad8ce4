import { BY_HAND } from '../../gen/types';

/** Whether an id is no policy's, but of people who were chosen by hand, or of what takes that back. */
export const isByHand = (policy: string): boolean => policy.startsWith(BY_HAND);
