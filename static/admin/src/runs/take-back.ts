import type { NamedPerson, Run } from '../../gen/types';
import { atWork, awaitsDecision } from './at-work';

/** Whether a run is over and did something that could be taken back. */
export const didSomething = (run: Run): boolean =>
  !atWork(run) &&
  !awaitsDecision(run) &&
  !run.dry &&
  run.undoes === null &&
  run.plan !== null &&
  run.counts.acted + run.counts.failed > 0;

/** Whether something was done to a person, or may have been. */
export const canBeTakenBack = ({ fate, step }: NamedPerson): boolean =>
  step !== null && (fate === 'verified' || fate === 'acted' || fate === 'failed');
