import { expect, test } from 'vitest';
import { originOf } from './webhook-origin';

test.each([
  ['https://hooks.example.com/services/x?y=1', 'https://hooks.example.com'],
  ['https://Hooks.Example.com:8443/x', 'https://hooks.example.com:8443'],
  ['https://hooks.example.com:443/x', 'https://hooks.example.com'],
  ['http://hooks.example.com/x', undefined],
  ['https://somebody@hooks.example.com/x', undefined],
  ['https://localhost/x', undefined],
  ['hooks.example.com/x', undefined],
  ['https://', undefined],
  ['', undefined],
])('the origin of %j is %j', (address, origin) => {
  expect(originOf(address)).toBe(origin);
});
