import type { Fate } from '../../gen/types';
import type { Filter, Route } from '../page/route';
import { FATE_ORDER } from './fate';

/** The outcome that the address of a run asks for; one that is none asks for nothing. */
export function fateIn(filter: Filter): Fate | undefined {
  const asked = filter.find(([name]) => name === 'outcome')?.[1];
  return FATE_ORDER.find((fate) => fate === asked);
}

/** A run's people with an outcome; all of them without it. */
export const outcomeOf = (run: string, fate: Fate | undefined): Route => ({
  page: 'run',
  id: run,
  ...(fate && { filter: [['outcome', fate]] }),
});
