import { describe, expect, test } from 'vitest';
import { shownWords, storedWords } from './restored-words';

describe('own words of the message that an access is back', () => {
  test.each([
    [undefined, {}],
    ['Back\nHello', { default: 'Back\nHello' }],
    [
      { default: 'Back\nHello', de: 'Zurück\nHallo' },
      { default: 'Back\nHello', de: 'Zurück\nHallo' },
    ],
  ])('are shown as they are stored: %j', (shown, stored) => {
    expect(storedWords(shown)).toEqual(stored);
    expect(shownWords({ restoredWords: stored })).toEqual(shown);
  });

  test('are none where nothing but blanks is left', () => {
    expect(storedWords(' \n ')).toEqual({});
    expect(shownWords({})).toBeUndefined();
  });
});
