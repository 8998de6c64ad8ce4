import { expect, test } from 'vitest';
import { checkInNode } from '../core/in-node';
import { presets } from './presets';

test('a preset that asks for what no run honours yet is known as such', async () => {
  const known = await presets({ checkPolicy: checkInNode() });
  expect(known).toHaveLength(9);
  expect(known.filter(({ isNotYet }) => isNotYet).map(({ id }) => id)).toEqual(['leaver-list', 'seat-pool']);
});

test('where the core cannot be asked, every preset is there all the same', async () => {
  const known = await presets({ checkPolicy: () => Promise.reject(new Error('offline')) });
  expect(known.filter(({ isNotYet }) => !isNotYet)).toHaveLength(9);
});
