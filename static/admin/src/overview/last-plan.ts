import type { Run } from '../../gen/types';

/** The newest run of a policy that has a plan of people, previews included; runs that take another back plan for themselves. */
export const plannedBy = (policy: string, newestFirst: Run[]): Run | undefined =>
  newestFirst.find(
    (run) => run.policy.id === policy && run.plan !== null && run.undoes === null && run.byHand === undefined,
  );
