import type { NamedPerson, Run } from '../../gen/types';
import { nameOfAct } from './act-text';

/** A step that an approval holds out, with what would have been done. */
export interface HeldOut {
  step: number;
  /** The names of its acts, as the plan counts them. */
  acts: string[];
}

/** What is held out with a person. */
export const heldOutWith = ({ acts = [] }: Pick<NamedPerson, 'acts'>, step: number): HeldOut => ({
  step,
  acts: [...new Set(acts.map(nameOfAct))],
});

interface Remaining {
  /** To so many people something is done. */
  people: number;
  acts: { act: string; people: number }[];
}

/** What is left of a plan without the steps that are held out. */
export function remaining({ plan, counts }: Pick<Run, 'plan' | 'counts'>, heldOut: HeldOut[]): Remaining {
  const left = (plan?.acts ?? []).map(({ act, people }) => ({
    act,
    people: people - heldOut.filter(({ acts }) => acts.includes(act)).length,
  }));
  return {
    people: (plan?.steps ?? counts.planned) - heldOut.length,
    acts: left.filter(({ people }) => people > 0),
  };
}
