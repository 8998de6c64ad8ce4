import type { GiveBack, LogIns, OnLogIn } from '../../gen/types';
import type { Say } from '../texts/texts';

/** What becomes of an attempt to log in of somebody whom a policy suspended. */
export function logInText(giveBack: GiveBack | null | undefined, say: Say): string {
  const way = giveBack ?? 'none';
  return say(`attempts.way.${way}`);
}

/** What one policy wants of it; what is said for every policy, where it says nothing. */
export function ownLogInText(own: OnLogIn | undefined, say: Say): string {
  return own === undefined ? say('settings.linksAsForAll') : logInText(own === 'nothing' ? null : own, say);
}

/** Whether the organization's log was seen to tell of any: only then can it be switched on. */
export const areLogInsSeen = ({ actions, seen, failure }: LogIns): boolean =>
  actions.length > 0 && seen !== null && failure === null;
