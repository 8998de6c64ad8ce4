import { expect, test } from 'vitest';
import type { Json } from '../json';
import { warningStages } from './warning-stages';

test.each<[Json, number[]]>([
  [
    [{ do: 'warn' }, { do: 'suspend' }, { do: ['warn', 'rename'] }],
    [0, 2],
  ],
  [[{ do: 'suspend' }, 'warn', null], []],
  ['warn', []],
  // One by itself is read as a list of one.
  [{ do: 'warn' }, [0]],
])('the stages that warn of %j', (stages, expected) => {
  expect(warningStages({ stages })).toEqual(expected);
});
