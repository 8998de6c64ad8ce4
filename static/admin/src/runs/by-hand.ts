/** How the ids begin that the core gives to what people were chosen by hand for; no policy may have such an id. */
const BY_HAND = 'by-hand-';

/** Whether an id is no policy's, but of people who were chosen by hand, or of what takes that back. */
export const isByHand = (policy: string): boolean => policy.startsWith(BY_HAND);
