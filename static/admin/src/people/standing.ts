import type { ChainPerson } from '../../gen/types';

/** How many stages are done with somebody, up to the last one that was. */
export const stagesDone = ({ done }: Pick<ChainPerson, 'done'>): number =>
  done.reduce((most, { stage }) => Math.max(most, stage + 1), 0);

/** Who stands there: with so many stages done, or anywhere in the stages. */
export const standingAt = (people: readonly ChainPerson[], stage: string | undefined): ChainPerson[] =>
  stage === undefined ? [...people] : people.filter((person) => String(stagesDone(person)) === stage);
