import { describe, expect, test } from 'vitest';
import { Failure } from '../failure';
import { followed, notSaved } from './saving';

const loaded = { id: 'idle-90', name: 'Idle', revision: 7, hash: 'x', savedBy: '712020:kim' };

describe('the revision that a text follows', () => {
  test('is the one that it was made from', () => {
    expect(followed('{ "id": "idle-90" }', loaded)).toBe(7);
  });

  test('is none for a new policy, under whatever id', () => {
    expect(followed('{ "id": "idle-90" }', undefined)).toBe(0);
    expect(followed('{ "id": "other" }', loaded)).toBe(0);
    expect(followed('{ "id": ', loaded)).toBe(0);
  });
});

describe('why a text was not stored', () => {
  test.each(['policy-exists', 'policy-changed', 'policy-deleted'])('%s says what to do on this page', (code) => {
    const refused = new Failure({ code, message: 'words of the app' });
    const said = notSaved(refused, '{ "id": "idle-90" }');
    const keys: string[] = [];
    const say = (key: string, values?: object): string => {
      keys.push(key);
      return JSON.stringify(values ?? {});
    };
    expect(said.messageIn(say as never)).toContain('idle-90');
    expect(said.hintIn(say as never)).toBeDefined();
    expect(keys[1]).toBe(`${keys[0] ?? ''}Hint`);
    expect(said.code).toBe(code);
  });

  test('is said as the app says it otherwise', () => {
    const refused = new Failure({ code: 'invalid-policy', message: 'x' });
    expect(notSaved(refused, '{}')).toBe(refused);
  });
});
