import type { GiveBack } from '../../gen/types';
import type { Say } from '../texts/texts';

/** What the link of a last warning does once something was taken. */
export function backText(giveBack: GiveBack | null, say: Say): string {
  const way = giveBack ?? 'none';
  return say(`settings.back.${way}`);
}
