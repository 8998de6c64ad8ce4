import { expect, test } from 'vitest';
import { checkInNode } from '../core/in-node';
import { presets } from './presets';

test('every preset can be saved', async () => {
  const check = checkInNode();
  const known = await presets();
  expect(known).toHaveLength(9);
  for (const { id, text } of known) expect(await check(text), id).not.toHaveProperty('invalid');
});
