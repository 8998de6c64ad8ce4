import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Call } from '../protocol';
import { NameBook } from './names';

/** Everybody but "nobody" is called by the account in capitals. */
const answer = ({ accounts }: { accounts: string[] }) =>
  Promise.resolve({
    answer: 'names',
    names: accounts.filter((id) => id !== 'nobody').map((id) => [id, id.toUpperCase()]),
    unreached: accounts.filter((id) => id === 'nobody'),
  });

const call = vi.fn(answer);
const asked = () => call.mock.calls.map(([{ accounts }]) => accounts);
const settle = () => vi.advanceTimersByTimeAsync(100);

let names: NameBook;

beforeEach(() => {
  vi.useFakeTimers();
  call.mockReset().mockImplementation(answer);
  names = new NameBook(call as unknown as Call);
});

afterEach(() => {
  vi.useRealTimers();
});

test('what is on a screen is asked for together, and each account once', async () => {
  for (const id of ['ann', 'bob', 'ann', 'nobody']) names.want(id);
  expect(names.nameOf('ann')).toBeUndefined();
  await settle();
  expect(asked()).toEqual([['ann', 'bob', 'nobody']]);
  expect(['ann', 'bob', 'nobody'].map((id) => names.nameOf(id))).toEqual(['ANN', 'BOB', undefined]);
  expect(['ann', 'nobody', 'never asked for'].map((id) => names.isUnreached(id))).toEqual([false, true, false]);

  for (const id of ['bob', 'nobody', 'cem']) names.want(id);
  await settle();
  expect(asked().slice(1)).toEqual([['cem']]);
});

test('what is already being asked for is not asked for again', async () => {
  const answers: (() => void)[] = [];
  call.mockImplementation((command) => new Promise((resolve) => answers.push(() => resolve(answer(command)))));
  names.want('ann');
  await settle();
  names.want('ann');
  await settle();
  answers.forEach((arrive) => arrive());
  await settle();
  expect(asked()).toEqual([['ann']]);
  expect(names.nameOf('ann')).toBe('ANN');
});

test('at most fifty are asked for at once', async () => {
  const many = Array.from({ length: 250 }, (_, at) => `person-${at}`);
  for (const id of many) names.want(id);
  await settle();
  expect(asked().map(({ length }) => length)).toEqual([50, 50, 50, 50, 50]);
  expect(asked().flat()).toEqual(many);
  expect(names.nameOf('person-249')).toBe('PERSON-249');
});

test('whoever listens hears of each answer, and of none after the listening ended', async () => {
  const changed = vi.fn();
  const end = names.listen(changed);
  names.want('ann');
  await settle();
  expect(changed).toHaveBeenCalledTimes(1);
  end();
  names.want('bob');
  await settle();
  expect(changed).toHaveBeenCalledTimes(1);
});

test('what was not answered is asked for again by whoever shows it next', async () => {
  call.mockRejectedValueOnce(new Error('away'));
  names.want('ann');
  await settle();
  expect(names.nameOf('ann')).toBeUndefined();
  expect(asked()).toHaveLength(1);
  names.want('ann');
  await settle();
  expect(names.nameOf('ann')).toBe('ANN');
});
