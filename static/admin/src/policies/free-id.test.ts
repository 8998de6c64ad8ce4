import { describe, expect, test } from 'vitest';
import { firstPolicy } from './first-policy';
import { asNew, freeId } from './free-id';
import { readDocument } from './json';

describe('a free id', () => {
  test('is the one that was asked for, or the first after it that no policy has', () => {
    expect(freeId('idle-90', [])).toBe('idle-90');
    expect(freeId('idle-90', ['idle-90', 'idle-90-3'])).toBe('idle-90-2');
    expect(freeId('idle-90', ['idle-90', 'idle-90-2'])).toBe('idle-90-3');
  });

  test('is never longer than an id may be', () => {
    const longest = 'a'.repeat(60);
    expect(freeId(longest, [longest])).toBe(`${'a'.repeat(58)}-2`);
  });
});

describe('a new policy', () => {
  const first = firstPolicy('Idle for 90 days');

  test('keeps its text where its id is free', () => {
    expect(asNew(first, ['other'])).toBe(first);
  });

  test('never begins under the id of a policy that is there', () => {
    const { id, ...rest } = readDocument(asNew(first, ['idle-90'])) ?? {};
    expect(id).toBe('idle-90-2');
    expect({ id: 'idle-90', ...rest }).toEqual(readDocument(first));
  });

  test('is left as it is where it cannot be read', () => {
    expect(asNew('{ "id": ', ['idle-90'])).toBe('{ "id": ');
  });
});
