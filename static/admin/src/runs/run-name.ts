import { BY_HAND_NAME, type Run } from '../../gen/types';
import type { Say } from '../texts/texts';
import { isByHand } from './by-hand';
import { DEEDS, type Deed } from '../people/errand';

/** What a run is of: its policy's name, or what was done by hand. */
export function runName({ policy: { id, name } }: Pick<Run, 'policy'>, say: Say): string {
  if (!isByHand(id) || !name.startsWith(BY_HAND_NAME)) return name;
  const actions = name.slice(BY_HAND_NAME.length).split(', ');
  const said = actions.map((action) => (isDeed(action) ? say(`people.deed.${action}`) : action));
  return say('runs.byHandName', { actions: said.join(', ') });
}

const isDeed = (action: string): action is Deed => (DEEDS as readonly string[]).includes(action);
