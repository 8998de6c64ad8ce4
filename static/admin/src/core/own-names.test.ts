import { expect, test } from 'vitest';
import type { OwnNames } from '../../gen/types';
import { Failure } from '../failure';
import type { Call } from '../protocol';
import { lookUp } from './own-names';

const imported = '2026-11-20T09:00:00Z';

/** An app that answers with these slices one after the other, and refuses where there is none. */
function app(slices: (Omit<OwnNames, 'cursor'> | undefined)[]): { call: Call; asked: unknown[] } {
  const asked: unknown[] = [];
  const call = ((command: { cursor: string | null }) => {
    asked.push(command.cursor);
    const slice = slices.shift();
    if (!slice) return Promise.reject(new Failure({ code: 'wrong-state', message: 'imported anew' }));
    return Promise.resolve({ answer: 'ownNames', ...slice, cursor: slices.length > 0 ? String(slices.length) : null });
  }) as unknown as Call;
  return { call, asked };
}

const names = { lists: ['leavers', 'none'], fields: ['team', 'no'] };
const signal = new AbortController().signal;
const first = { lists: [{ name: 'leavers', imported, members: ['a', 'b'] }], fields: ['team'], people: [] };
const second = {
  lists: [{ name: 'leavers', imported, members: ['c'] }],
  fields: ['team'],
  people: [{ account: 'a', values: [['team', 'Sales']] as [string, string][], note: null }],
};

test('all slices together are what the lists and fields say', async () => {
  const { call, asked } = app([first, second]);
  const known = await lookUp(call, names, signal);
  expect(asked).toEqual([null, '1']);
  expect([...known.lists]).toEqual([
    ['leavers', { imported, members: ['a', 'b', 'c'] }],
    ['none', undefined],
  ]);
  expect([...known.fields]).toEqual([
    ['team', new Map([['a', 'Sales']])],
    ['no', undefined],
  ]);
});

test('a list that is imported anew meanwhile is begun anew', async () => {
  const { call, asked } = app([{ ...first, lists: [] }, undefined, first, second]);
  const known = await lookUp(call, names, signal);
  expect(asked).toEqual([null, '3', null, '1']);
  expect(known.lists.get('leavers')?.members).toEqual(['a', 'b', 'c']);
});

test('one that changes all the time is given up', async () => {
  const { call, asked } = app([]);
  await expect(lookUp(call, names, signal)).rejects.toMatchObject({ code: 'wrong-state' });
  expect(asked).toEqual([null, null, null]);
});
