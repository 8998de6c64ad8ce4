import type { Notices } from '../../gen/types';
import type { Say } from '../texts/texts';

/** Whether everybody who is written to may browse the issue. Settings from before that was asked count as confirmed. */
export const isBrowsed = ({ everybodyBrowses = true }: Pick<Notices, 'everybodyBrowses'>): boolean => everybodyBrowses;

/** The same in words. */
export const browsesText = (notices: Pick<Notices, 'everybodyBrowses'>, say: Say): string =>
  say(isBrowsed(notices) ? 'settings.browsesConfirmed' : 'settings.browsesNotConfirmed');
