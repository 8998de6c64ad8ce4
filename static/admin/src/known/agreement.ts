import type { DirectoryCoverage } from '../../gen/types';
import type { Say } from '../texts/texts';

/** Whether a listing holds as many people as Atlassian counts. */
export function agreement({ listed, counted }: DirectoryCoverage, say: Say): string {
  if (counted === null) return say('known.noCount');
  if (counted === listed) return say('known.theyAgree');
  const count = Math.abs(counted - listed);
  return counted > listed ? say('known.missing', { count }) : say('known.moreThanCounted', { count });
}
