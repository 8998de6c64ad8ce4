import { expect, test } from 'vitest';
import { checkInNode } from '../core/in-node';
import { presets } from './presets';

test('every preset can be run', async () => {
  const known = await presets({ checkPolicy: checkInNode() });
  expect(known).toHaveLength(9);
  expect(known.filter(({ isNotYet }) => isNotYet).map(({ id }) => id)).toEqual([]);
});

test('where the core cannot be asked, every preset is there all the same', async () => {
  const known = await presets({ checkPolicy: () => Promise.reject(new Error('offline')) });
  expect(known.filter(({ isNotYet }) => !isNotYet)).toHaveLength(9);
});
