import { describe, expect, test } from 'vitest';
import { inEnglish } from '../texts/in-english';
import { commentText, hookText, messageText } from './message-text';

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

test('what is tried again says so and why it was refused', () => {
  const why = 'Jira answered 403';
  expect(messageText({ message: 'waiting', why }, say)).toBe(
    'Jira does not take the message to administrators for now; it is tried again for up to a week. Jira answered 403.',
  );
  expect(messageText({ message: 'trying', why }, say)).toBe('The message to administrators is being sent.');
  expect(commentText({ message: 'waiting', why }, say)).toBe(
    'Jira does not take the comment for now; it is tried again for up to a week. Jira answered 403.',
  );
  expect(commentText({ message: 'sent', why: null }, say)).toBe('The comment on the issue was made.');
  expect(commentText({ message: 'nobody', why: null }, say)).toBeUndefined();
  expect(commentText(undefined, say)).toBeUndefined();
});

test('each state of a message reads differently', () => {
  const states = ['waiting', 'trying', 'sent', 'unclear', 'refused'] as const;
  const texts = states.map((message) => messageText({ message, why: null }, say));
  expect(new Set(texts).size).toBe(states.length);
});

describe('of the webhook', () => {
  const hook = { id: 'one', next: '2026-11-22T09:15:00Z', state: 'waiting', attempts: 0, why: null } as const;

  test('nothing is said where there was none', () => {
    expect(hookText(undefined, say)).toBeUndefined();
  });

  test.each([
    [hook, 'The message to the webhook is to be sent.'],
    [{ ...hook, state: 'delivered', attempts: 1 } as const, 'The webhook took the message.'],
    [
      { ...hook, attempts: 2, why: 'no answer came in time: look' },
      'The webhook did not take the message in 2 attempts; it is sent again. No answer came in time: look.',
    ],
    [
      { ...hook, state: 'givenUp', attempts: 1, why: 'the receiver answered with status 410' } as const,
      'The webhook did not take the message in 1 attempt; it is not sent again. The receiver answered with status 410.',
    ],
    [
      { ...hook, state: 'givenUp', attempts: 6 } as const,
      'The webhook did not take the message in 6 attempts; it is not sent again.',
    ],
  ])('it is said how far it came, and why not further (%#)', (delivery, text) => {
    expect(hookText(delivery, say)).toBe(text);
  });
});
