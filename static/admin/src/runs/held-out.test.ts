import { expect, test } from 'vitest';
import type { Run } from '../../gen/types';
import { heldOutWith, remaining } from './held-out';

const planned = (acts: { act: string; people: number }[], steps: number) =>
  ({ plan: { acts, steps }, counts: { planned: steps } }) as unknown as Pick<Run, 'plan' | 'counts'>;

test('what is held out is left out of every count', () => {
  const run = planned(
    [
      { act: 'suspend', people: 5 },
      { act: 'removeAccess', people: 1 },
    ],
    6,
  );
  const suspended = heldOutWith({ acts: ['suspend'] }, 1);
  const taken = heldOutWith({ acts: [{ removeAccess: { resources: [], groups: [] } }] }, 4);
  expect(remaining(run, [])).toEqual({ people: 6, acts: run.plan?.acts });
  expect(remaining(run, [suspended])).toEqual({
    people: 5,
    acts: [
      { act: 'suspend', people: 4 },
      { act: 'removeAccess', people: 1 },
    ],
  });
  expect(remaining(run, [suspended, taken])).toEqual({ people: 4, acts: [{ act: 'suspend', people: 4 }] });
});

test('a person to whom one thing is done twice is one of its people', () => {
  expect(heldOutWith({ acts: ['suspend', 'suspend'] }, 3)).toEqual({ step: 3, acts: ['suspend'] });
});

test('a run without a plan counts whom it would act on', () => {
  const run = { plan: null, counts: { planned: 3 } } as unknown as Pick<Run, 'plan' | 'counts'>;
  expect(remaining(run, [])).toEqual({ people: 3, acts: [] });
});
