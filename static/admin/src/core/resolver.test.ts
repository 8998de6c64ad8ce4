import { expect, test } from 'vitest';
import { inEnglish } from '../texts/in-english';
import { Failure } from '../failure';
import type { Call } from '../protocol';
import { resolverCore } from './resolver';

const { say } = inEnglish();
const call = ((command: { command: string }) =>
  Promise.resolve({
    answer: command.command,
    valid: true,
    last: 50,
    head: 'a',
    message: '50 entries fit',
  })) as unknown as Call;

test('a chain that was looked at call by call leaves its words to the page', async () => {
  const check = await resolverCore(call).chainCheck(undefined);
  expect(check.verdict()).toMatchObject({ valid: true, entries: 0, message: '' });
  await check.take(Array.from({ length: 120 }, () => ({ text: '' })) as never[]);
  expect(check.verdict()).toMatchObject({ valid: true, entries: 120, message: '' });
});

test('what needs the core in the page says so in the words of the catalogue', async () => {
  const refused = resolverCore(call).evidence();
  const failure = await refused.catch((cause: unknown) => Failure.from(cause));
  expect(failure instanceof Failure && failure.messageIn(say)).toBe(say('shown.evidenceNeedsWasm'));
});
