import type { Notices } from '../../gen/types';
import type { Say } from '../texts/texts';

/** Whether people are told that they have an access back. */
export const restoredText = ({ tellRestored }: Pick<Notices, 'tellRestored'>, say: Say): string =>
  say(tellRestored ? 'settings.restoredTold' : 'settings.restoredNotTold');
