import type { Run } from '../../gen/types';
import { atWork, awaitsDecision } from './at-work';

/**
 * The runs that are over and left people undone, of runs that begin with the newest: however they ended, unless they were taken
 * back, or another try went through since. Of what was done by hand nothing tells which run is the other try.
 */
export function leftFailed(runs: readonly Run[]): Run[] {
  return runs.filter((run, index) => {
    const isOver = !atWork(run) && !awaitsDecision(run);
    if (!isOver || run.counts.failed === 0 || run.undoneBy.length > 0) return false;
    return !runs.slice(0, index).some((later) => wentThrough(later) && isAnotherTry(later, run));
  });
}

const wentThrough = (run: Run): boolean => !run.dry && run.state === 'done' && run.counts.failed === 0;

function isAnotherTry(later: Run, run: Run): boolean {
  if (run.undoes || later.undoes) {
    if (run.undoes?.run !== later.undoes?.run) return false;
    // None are named where all are taken back.
    const steps = later.undoes?.steps ?? [];
    const wanted = run.undoes?.steps ?? [];
    return steps.length === 0 || (wanted.length > 0 && wanted.every((step) => steps.includes(step)));
  }
  const isByHand = run.byHand !== undefined || later.byHand !== undefined;
  return !isByHand && later.policy.id === run.policy.id;
}
