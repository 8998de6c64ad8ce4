import type { GiveBack } from '../../gen/types';
import type { Say } from '../texts/texts';

/** What becomes of an attempt to log in of somebody whom a policy suspended. */
export function logInText(giveBack: GiveBack | null | undefined, say: Say): string {
  const way = giveBack ?? 'none';
  return say(`attempts.way.${way}`);
}
