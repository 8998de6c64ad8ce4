/**
 * (c) `json-rules-engine`. Its rules know true and false only, so a policy becomes two of them: one that holds when the
 * policy is surely false, asked first because that is the most frequent answer, and one that holds when it is surely true;
 * neither means unknown. What a condition reads of a person is custom operators' work, its argument a number, because the
 * engine copies all of a rule for every person. Priorities put the cheap conditions first and let it stop early.
 */
import { Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine';
import type { ApiUser } from '../data/api-user.ts';
import { type Condition, FALSE, type Policy, TRUE, type Truth, UNKNOWN, cost } from '../policies/language.ts';
import { type Decide, closures } from './closures.ts';

export function rulesEngine(policy: Policy, now: string): (user: ApiUser) => Promise<Truth> {
  const leaves: Decide[] = [];
  const leaf = (condition: Condition) => leaves.push(closures({ ...policy, match: condition }, now)) - 1;
  const surely = (wanted: boolean) => engine(new Translator(leaf).condition(policy.match, wanted), leaves);
  const [ruledOut, matched] = [surely(false), surely(true)];
  return async (user) => {
    if (await holds(ruledOut, user)) return FALSE;
    return (await holds(matched, user)) ? TRUE : UNKNOWN;
  };
}

async function holds(engine: Engine, user: ApiUser): Promise<boolean> {
  const { events } = await engine.run({ user });
  return events.length > 0;
}

function engine(condition: NestedCondition, leaves: readonly Decide[]): Engine {
  const conditions: TopLevelCondition = 'all' in condition || 'any' in condition ? condition : { all: [condition] };
  const engine = new Engine([{ conditions, event: { type: 'holds' } }]);
  engine.addOperator<ApiUser, number>('isTrue', (user, leaf) => leaves[leaf]?.(user) === TRUE);
  engine.addOperator<ApiUser, number>('isFalse', (user, leaf) => leaves[leaf]?.(user) === FALSE);
  return engine;
}

class Translator {
  readonly #leaf: (condition: Condition) => number;

  constructor(leaf: (condition: Condition) => number) {
    this.#leaf = leaf;
  }

  /** The rule that holds where the condition has the wanted value: by De Morgan, `not` never reaches the engine. */
  condition(condition: Condition, wanted: boolean): NestedCondition {
    if ('not' in condition) return this.condition(condition.not, !wanted);
    const priority = 1 + Math.max(0, 1000 - cost(condition));
    if ('all' in condition) return this.#combined(condition.all, wanted, wanted, priority);
    if ('any' in condition) return this.#combined(condition.any, wanted, !wanted, priority);
    return { fact: 'user', operator: wanted ? 'isTrue' : 'isFalse', value: this.#leaf(condition), priority };
  }

  #combined(conditions: Condition[], wanted: boolean, every: boolean, priority: number): NestedCondition {
    const inner = conditions.map((condition) => this.condition(condition, wanted));
    return every ? { all: inner, priority } : { any: inner, priority };
  }
}
