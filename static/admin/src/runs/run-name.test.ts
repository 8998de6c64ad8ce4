import { expect, test } from 'vitest';
import { BY_HAND, BY_HAND_NAME } from '../../gen/types';
import type { Say } from '../texts/texts';
import { runName } from './run-name';

const say = ((key: string, values?: Record<string, unknown>) =>
  values ? `${key} ${JSON.stringify(values)}` : key) as unknown as Say;

test.each([
  ['p1', 'Idle people', 'Idle people'],
  ['p1', `${BY_HAND_NAME}suspend`, `${BY_HAND_NAME}suspend`],
  [`${BY_HAND}1`, `${BY_HAND_NAME}revokeTokens`, 'runs.byHandName {"actions":"people.deed.revokeTokens"}'],
  [`${BY_HAND}1`, `${BY_HAND_NAME}suspend, foretell`, 'runs.byHandName {"actions":"people.deed.suspend, foretell"}'],
])('a run of %s, called %s', (id, name, expected) => {
  const policy = { id, name, revision: 1, hash: '', savedBy: 'a' };
  expect(runName({ policy }, say)).toBe(expected);
});
