import type { Run, RunState } from '../../gen/types';
import type { Filter } from '../page/route';

/** What a run is, of which it can be several: a dry run that would take another one back. */
export const KINDS = ['real', 'dry', 'undo', 'byHand'] as const;
export type Kind = (typeof KINDS)[number];

/** In the order in which a run comes to them. */
export const STATES = [
  'planning',
  'held',
  'awaiting-approval',
  'ready',
  'executing',
  'verifying',
  'previewed',
  'done',
  'done-with-failures',
  'stopped',
  'aborted',
  'rejected',
  'expired',
] as const satisfies RunState[];

/** Which runs are shown: of any of the states, of any of the kinds, of one policy; empty for all. */
export interface Wanted {
  states: RunState[];
  kinds: Kind[];
  policy: string | undefined;
}

export const kindsOf = (run: Run): Kind[] => [
  run.dry ? 'dry' : 'real',
  ...(run.undoes ? (['undo'] as const) : []),
  ...(run.byHand === undefined ? [] : (['byHand'] as const)),
];

/** What an address asks for; what no run can be is left out. */
export function wantedOf(filter: Filter): Wanted {
  const values = (name: string) => filter.filter(([known]) => known === name).map(([, value]) => value);
  return {
    states: values('state').flatMap((value) => STATES.filter((state) => state === value)),
    kinds: values('kind').flatMap((value) => KINDS.filter((kind) => kind === value)),
    policy: values('policy').at(-1),
  };
}

/** The address that asks for it. */
export const filterOf = ({ states, kinds, policy }: Wanted): Filter => [
  ...states.map((state): Filter[number] => ['state', state]),
  ...kinds.map((kind): Filter[number] => ['kind', kind]),
  ...(policy === undefined ? [] : ([['policy', policy]] satisfies Filter)),
];

export const asksForAll = (wanted: Wanted): boolean => filterOf(wanted).length === 0;

export function isWanted(run: Run, { states, kinds, policy }: Wanted): boolean {
  return (
    (states.length === 0 || states.includes(run.state)) &&
    (kinds.length === 0 || kindsOf(run).some((kind) => kinds.includes(kind))) &&
    (policy === undefined || run.policy.id === policy)
  );
}
