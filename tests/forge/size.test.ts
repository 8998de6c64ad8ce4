import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type CoreName, budget, enforce, measure } from '../../scripts/build/budget.ts';
import { glueFactory } from '../../scripts/build/glue.ts';

const cores: [CoreName, string][] = [
  ['function', 'forge-app/gen/core_bg.wasm'],
  ['page', 'static/admin/gen/core_bg.wasm'],
  ['evidence', 'static/admin/gen/evidence/core_bg.wasm'],
  ['upload', 'static/admin/gen/upload/core_bg.wasm'],
];

test.each(cores)('the %s core is within its budget', (name, file) => {
  const size = measure(readFileSync(file));
  console.log(`${name} core: ${size.raw} bytes, ${size.gzip} gzipped`);
  expect(size.raw).toBeLessThanOrEqual(budget[name].raw);
  expect(size.gzip).toBeLessThanOrEqual(budget[name].gzip);
});

test.each([
  ['raw', { raw: budget.page.raw + 1, gzip: 0 }],
  ['gzip', { raw: 0, gzip: budget.page.gzip + 1 }],
])('one byte over the limit fails (%s)', (_, size) => {
  expect(() => {
    enforce('page', size);
  }).toThrow('too big');
  expect(() => {
    enforce('page', budget.page);
  }).not.toThrow();
});

test('the core names no path of the machine that built it', () => {
  const text = readFileSync('forge-app/gen/core_bg.wasm').toString('latin1');
  expect([process.cwd(), '/.cargo/registry'].filter((path) => text.includes(path))).toEqual([]);
});

test('glue of another shape is refused', () => {
  const good =
    'let wasm_bindgen = (function(exports) {queueMicrotask(arg0);return exports;\n})({ __proto__: null });\n';
  expect(glueFactory(good)).toContain('export function createGlue(queueMicrotask)');
  for (const bad of [`// changed\n${good}`, `${good}// changed`, good.replace('queueMicrotask', 'schedule')]) {
    expect(() => glueFactory(bad)).toThrow('changed shape');
  }
});
