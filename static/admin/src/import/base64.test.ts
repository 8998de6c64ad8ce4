import { expect, test } from 'vitest';
import { base64, fromBase64 } from './base64';

test.each([0, 1, 2, 3, 24_575, 24_576, 24_577, 180_224])('%d bytes come back', (length) => {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) % 256);
  expect(new Uint8Array(Buffer.from(base64(bytes), 'base64'))).toEqual(bytes);
  expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  expect(fromBase64(base64(bytes))).toEqual(bytes);
});
