import { useEffect, useState } from 'react';
import type { Run } from '../../gen/types';
import { useAnswer, type Asked } from '../asking/use-answer';
import { whenSeen } from '../asking/when-seen';
import { SLOWEST, backingOff } from './next-look';
import { atWork } from './at-work';

/** A run as it stands: asked for again while it works, more and more seldom while nothing moves or nobody answers. */
export function useRun(id: string): Asked<Run> {
  const [nextLook] = useState(backingOff);
  const run = useAnswer<'run'>({ command: 'run', run: id }, nextLook);
  const { value, failure, again } = run;
  const lost = failure !== undefined && value !== undefined && atWork(value);
  useEffect(() => (lost ? whenSeen(SLOWEST, again) : undefined), [lost, failure, again]);
  return run;
}
