import { expect, test } from 'vitest';
import { consequencesOf } from './consequences';

const of = (...acts: string[]) => consequencesOf(acts.map((act) => ({ act, people: 2 })));

test('a suspension takes something, and an undo brings it back', () => {
  const { weight, undoable, final, explained } = of('suspend', 'warn');
  expect([weight, explained]).toEqual(['takes', ['suspend']]);
  expect(undoable).toEqual([{ act: 'suspend', people: 2 }]);
  expect(final).toEqual([]);
});

test.each(['removeFromOrganization', 'revokeTokens'])('%s is for good, whatever stands beside it', (act) => {
  const { weight, final } = of('suspend', act);
  expect(weight).toBe('forGood');
  expect(final).toEqual([{ act, people: 2 }]);
});

test('a deletion can be cancelled only for a while: it is for good, and has words of its own', () => {
  expect(of('delete')).toMatchObject({ undoable: [], final: [], explained: ['delete'], weight: 'forGood' });
});

test.each(['restore', 'giveAccess', 'warn', 'addToGroup', 'rename'])('%s takes nothing', (act) => {
  expect(of(act).weight).toBe('gives');
  expect(of(act).explained).not.toContain('suspend');
});

test('nobody is spared for activity where something is given back', () => {
  expect([of('restore', 'giveAccess').isBack, of('warn').isBack, of('suspend').isBack]).toEqual([true, false, false]);
});

test('an act that is not known here counts as one that nothing takes back', () => {
  expect(of('newer')).toMatchObject({ weight: 'forGood', final: [{ act: 'newer', people: 2 }] });
});
