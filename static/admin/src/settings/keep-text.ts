import type { Notices } from '../../gen/types';
import type { Say } from '../texts/texts';

/** What pressing the button of a warning's link does. */
export function keepText(
  { keepDays, linkDays, keepTimes }: Pick<Notices, 'keepDays' | 'linkDays' | 'keepTimes'>,
  say: Say,
): string {
  if (keepDays === null) return say('settings.noKeepLink');
  return [
    say('settings.keepFor', { count: keepDays }),
    ...(keepTimes === null ? [] : [say('settings.keepAtMost', { count: keepTimes })]),
    ...(linkDays === undefined ? [] : [say('settings.linkLives', { count: linkDays })]),
  ].join(', ');
}
