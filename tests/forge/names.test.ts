import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Files of the product that name something, without the folders where it belongs. */
function naming(pattern: RegExp, files: string[], allowed: (file: string) => boolean): string[] {
  return globSync(files, { exclude: (name) => /node_modules|\/(gen|build)$/.test(name) })
    .filter((file) => pattern.test(readFileSync(file, 'utf8')))
    .filter((file) => !allowed(file));
}

test('wasm_bindgen and js_sys are named in src/wasm/ only', () => {
  expect(naming(/wasm_bindgen|js_sys/, ['src/**/*.rs'], (file) => file.startsWith('src/wasm/'))).toEqual([]);
});

test("Forge's packages are imported by host.ts and backend.ts only", () => {
  const files = ['src/**/*.ts', 'forge-app/**/*.ts', 'static/admin/src/**/*.{ts,tsx}'];
  const doors = ['forge-app/host.ts', 'static/admin/src/backend.ts'];
  expect(naming(/['"]@forge\//, files, (file) => doors.includes(file) || file.endsWith('.test.ts'))).toEqual([]);
});

test('the rule looks at real files', () => {
  expect(naming(/['"]@forge\//, ['forge-app/*.ts'], () => false)).toEqual(['forge-app/host.ts']);
});
