import { expect, test } from 'vitest';
import { anchorsOf } from './anchor';

test('anchors are read as they are written down', () => {
  const hash = '0f'.repeat(32);
  expect(anchorsOf('')).toEqual([]);
  expect(anchorsOf(` 17:${hash}\n18:${hash} `)).toEqual([
    { seq: 17, hash },
    { seq: 18, hash },
  ]);
  for (const text of ['17', `17:${hash}0`, `x:${hash}`, `17:${hash.toUpperCase()}`]) {
    expect(anchorsOf(text)).toBeUndefined();
  }
});
