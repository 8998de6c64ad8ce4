import { expect, test } from 'vitest';
import { checkInNode } from '../../core/in-node';
import { DEEDS } from '../../people/errand';
import { ACTIONS, offeredActions } from './actions';

const check = checkInNode();

/** Whether the core says that no run honours a stage with this action. */
async function isNotYet(action: string): Promise<boolean> {
  const take = action === 'removeAccess' ? { products: ['jira-software'], sites: ['acme.atlassian.net'] } : {};
  const groups = /Groups?$/.test(action) ? { groups: ['contractors'] } : {};
  const found = await check(
    JSON.stringify({
      version: 1,
      id: 'p',
      name: 'P',
      match: { status: ['active'] },
      stages: [{ after: '0d', do: action, ...take, ...groups }],
    }),
  );
  return 'invalid' in found && found.invalid.errors.some(({ code }) => code === 'not-yet');
}

test.each(ACTIONS)('%s is offered if, and only if, a run honours it', async (action) => {
  expect(offeredActions([]).includes(action)).toBe(!(await isNotYet(action)));
});

test('what a document says already is shown, so that it can be taken out', () => {
  expect(offeredActions(['review'])).toContain('review');
});

test.each(DEEDS)('by hand, %s is nothing that no run honours', async (deed) => {
  expect(await isNotYet(deed)).toBe(false);
});
