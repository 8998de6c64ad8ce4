import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { coreHere } from '../demonstration/core.ts';

const folder = 'tests/fixtures';
const cases = existsSync(folder)
  ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  : [];

/** The same cases as the native tests read, through the built core: policy, users, and what must come out. */
describe('golden cases through the built core', () => {
  test('there are some', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  test.each(cases.map(({ name }) => name))('%s', (name) => {
    const file = (part: string) => readFileSync(join(folder, name, part));
    const expected = JSON.parse(file('expected.json').toString()) as { now: string };
    const evaluated: unknown = coreHere().evaluateUsers(
      file('policy.json').toString(),
      file('users.json'),
      expected.now,
    );
    expect(evaluated).toEqual(expected);
  });
});
