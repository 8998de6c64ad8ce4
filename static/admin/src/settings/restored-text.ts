import type { Notices } from '../../gen/types';
import type { Say } from '../texts/texts';

/** Whether people are told that they have an access back, and in whose words. */
export function restoredText(notices: Pick<Notices, 'tellRestored' | 'restoredWords'>, say: Say): string {
  if (!notices.tellRestored) return say('settings.restoredNotTold');
  const languages = Object.keys(notices.restoredWords ?? {}).length;
  return languages === 0 ? say('settings.restoredTold') : say('settings.restoredToldOwn', { count: languages });
}
