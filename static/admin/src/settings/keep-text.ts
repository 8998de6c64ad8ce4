import type { Notices } from '../../gen/types';
import type { Say } from '../texts/texts';

/** What pressing the button of a warning's link does. */
export function keepText({ keepDays, keepTimes }: Pick<Notices, 'keepDays' | 'keepTimes'>, say: Say): string {
  if (keepDays === null) return say('settings.noKeepLink');
  const text = say('settings.keepFor', { count: keepDays });
  return keepTimes === null ? text : `${text}, ${say('settings.keepAtMost', { count: keepTimes })}`;
}
