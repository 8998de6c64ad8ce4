import { expect, test } from 'vitest';
import { inEnglish } from '../texts/in-english';
import { messageText } from './message-text';

const { say } = inEnglish();

test('nothing is said of a message that nobody was to get', () => {
  expect(messageText({ message: 'nobody', why: null }, say)).toBeUndefined();
});

test('what was not sent, or perhaps not, is told with its reason where there is one', () => {
  const why = 'Jira answered 403: let the app notify';
  expect(messageText({ message: 'refused', why }, say)).toBe(
    'The message to administrators was refused. Jira answered 403: let the app notify.',
  );
  expect(messageText({ message: 'unclear', why }, say)).toBe(
    'It is not known whether the message to administrators was sent; it is not sent again. Jira answered 403: let the app notify.',
  );
  expect(messageText({ message: 'refused', why: null }, say)).toBe('The message to administrators was refused.');
});

test('each state of a message reads differently', () => {
  const states = ['waiting', 'trying', 'sent', 'unclear', 'refused'] as const;
  const texts = states.map((message) => messageText({ message, why: null }, say));
  expect(new Set(texts).size).toBe(states.length);
});
