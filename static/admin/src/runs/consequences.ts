import { inverseOf } from './act-text';

/** So many people to whom an act is done. */
interface Act {
  act: string;
  people: number;
}

/** What follows from a plan for those whom it means. */
export interface Consequences {
  /** What an undo of the run takes back. */
  undoable: Act[];
  /** What nothing takes back, or nothing that is known here. */
  final: Act[];
  /** Acts of which more is said than that, each once. */
  explained: Explained[];
  /** Whether it takes something from somebody, and whether all of it comes back. */
  weight: 'gives' | 'takes' | 'forGood';
  /** Whether all of it is given back: nobody's activity is asked for then. */
  isBack: boolean;
}

/** Acts whose consequences have words of their own. */
const EXPLAINED = [
  'suspend',
  'deactivate',
  'removeFromOrganization',
  'delete',
  'removeAccess',
  'setEmail',
  'revokeTokens',
  'restore',
] as const;
export type Explained = (typeof EXPLAINED)[number];

/** What gives something back. */
const BACK: readonly string[] = ['restore', 'reactivate', 'cancelDelete', 'giveAccess'];
/** What takes nothing from anybody. */
const GIVES: readonly string[] = [...BACK, 'addToGroup', 'warn', 'rename'];
/** What nobody needs to take back: what is told is told, and what was given back stays. */
const STAYS: readonly string[] = [...BACK, 'warn'];
/** It can be cancelled for a while, which its own words say. */
const LAPSES = 'delete';

/** What follows from these acts. */
export function consequencesOf(acts: readonly Act[]): Consequences {
  const judged = acts.filter(({ act }) => !STAYS.includes(act) && act !== LAPSES);
  const final = judged.filter(({ act }) => inverseOf(act) === undefined);
  const isForGood = final.length > 0 || acts.some(({ act }) => act === LAPSES);
  return {
    undoable: judged.filter(({ act }) => inverseOf(act) !== undefined),
    final,
    explained: EXPLAINED.filter((each) => acts.some(({ act }) => act === each)),
    weight: isForGood ? 'forGood' : acts.every(({ act }) => GIVES.includes(act)) ? 'gives' : 'takes',
    isBack: acts.every(({ act }) => BACK.includes(act)),
  };
}
