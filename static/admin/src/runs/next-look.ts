import type { Run } from '../../gen/types';
import { atWork, awaitsDecision } from './at-work';

/** How often a run at work is asked how far it is, in milliseconds, while its figures change. */
const FIRST = 2_000;
/** Each question without news makes the wait so much longer, */
const SLOWER = 1.5;
/** up to this. */
export const SLOWEST = 20_000;
/** A held run changes when somebody else decides. */
const WHILE_HELD = 15_000;

/** After how many milliseconds a run is to be asked for again: soon while it moves, ever later while it does not. */
export function backingOff(): (run: Run) => number | undefined {
  let seen = '';
  let delay = FIRST;
  return (run) => {
    if (awaitsDecision(run)) return WHILE_HELD;
    if (!atWork(run)) return undefined;
    const figures = JSON.stringify([run.state, run.counts]);
    delay = figures === seen ? Math.min(delay * SLOWER, SLOWEST) : FIRST;
    seen = figures;
    return delay;
  };
}
