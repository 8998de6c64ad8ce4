import type { Run, RunState } from '../../gen/types';

const AT_WORK: readonly RunState[] = ['planning', 'ready', 'executing', 'verifying'];

/** Whether a person must decide on the run. */
export const awaitsDecision = (run: Run): boolean => run.state === 'held' || run.state === 'awaiting-approval';

/** Whether the run changes by itself. */
export const atWork = (run: Run): boolean => AT_WORK.includes(run.state);
