import type { Condition, PolicySummary } from '../../gen/types';
import { conditionsIn } from '../policies/conditions-in';

/** The policies of which some condition is such a one. */
export const policiesWith = (
  policies: readonly PolicySummary[],
  isSuch: (condition: Condition) => boolean,
): PolicySummary[] => policies.filter(({ policy }) => [...conditionsIn(policy.match)].some(isSuch));

/** The policies that ask for an own field. */
export const policiesOnField = (policies: readonly PolicySummary[], name: string): PolicySummary[] =>
  policiesWith(policies, (condition) => 'field' in condition && condition.field.name === name);

/** The policies that rest on a list. */
export const policiesOnList = (policies: readonly PolicySummary[], name: string): PolicySummary[] =>
  policiesWith(policies, (condition) => 'listed' in condition && condition.listed === name);
