import { expect, test } from 'vitest';
import { textParts } from './text-parts';

test('parts are small enough and together the text', () => {
  const text = 'aä€😀'.repeat(50);
  const parts = textParts(text, 16);
  expect(parts.join('')).toBe(text);
  for (const part of parts) {
    expect(new TextEncoder().encode(part).length).toBeLessThanOrEqual(16);
    expect(part).not.toContain('\uFFFD');
  }
});

test('a short text is one part', () => {
  expect(textParts('{}')).toEqual(['{}']);
});
