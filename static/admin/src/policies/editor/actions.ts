import type { Json } from '../json';

/** From narrow to wide: the order in which a document names them. */
export const ACTIONS = [
  'warn',
  'review',
  'createIssue',
  'rename',
  'addToGroup',
  'restore',
  'removeFromGroups',
  'removeAccess',
  'suspend',
  'deactivate',
  'removeFromOrganization',
  'delete',
] as const;
export type ActionName = (typeof ACTIONS)[number];

/** What no run honours yet. */
const NOT_YET: readonly ActionName[] = ['review', 'createIssue'];

/** What a stage can be given to do: what no run honours is there only where the document says it already. */
export const offeredActions = (said: readonly Json[]): readonly ActionName[] =>
  ACTIONS.filter((action) => said.includes(action) || !NOT_YET.includes(action));
