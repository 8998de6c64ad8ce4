import type { GiveBack } from '../../gen/types';
import type { Say } from '../texts/texts';

/** What an attempt to log in does of somebody whom a policy suspended. */
export const logInText = (way: GiveBack | null | undefined, say: Say): string => say(`logIns.way.${way ?? 'none'}`);
