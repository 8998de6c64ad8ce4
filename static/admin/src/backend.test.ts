import { beforeEach, expect, test, vi } from 'vitest';
import { Failure } from './failure';
import { inEnglish } from './texts/in-english';

const { invoke, egress } = vi.hoisted(() => ({
  invoke: vi.fn(),
  egress: { get: vi.fn(), set: vi.fn(), deleteGroup: vi.fn() },
}));
vi.mock('@forge/bridge', () => ({ invoke, showFlag: vi.fn(), view: {}, i18n: {}, permissions: { egress } }));
const { jira } = await import('./backend');

beforeEach(() => {
  invoke.mockReset();
});

const { say } = inEnglish();

const failureOf = (asked: Promise<unknown>): Promise<Failure> =>
  asked.then(
    () => Promise.reject(new Error('it was answered')),
    (cause: unknown) => {
      if (cause instanceof Failure) return cause;
      throw cause;
    },
  );

test('a command goes to the one resolver, and its answer comes back', async () => {
  const answer = { answer: 'exemptions', version: 1, exemptions: [] };
  invoke.mockResolvedValue({ answer });
  expect(await jira.call({ command: 'exemptions' })).toEqual(answer);
  expect(invoke).toHaveBeenCalledWith('admin', { command: 'exemptions' });
});

test('a refusal is a failure with its message, hint and mistakes', async () => {
  const errors = [{ path: '$.id', code: 'missing-field', message: 'is missing' }];
  invoke.mockResolvedValue({ error: { code: 'invalid-policy', message: 'it has mistakes', hint: null, errors } });
  const failure = await failureOf(jira.call({ command: 'savePolicy', document: '{}' }));
  expect(failure).toMatchObject({ code: 'invalid-policy', errors });
  expect([failure.messageIn(say), failure.hintIn(say)]).toEqual(['it has mistakes', undefined]);
});

test('a platform that throws leaves it open what was done, and says so', async () => {
  invoke.mockRejectedValue(new Error('timed out'));
  const failure = await failureOf(jira.call({ command: 'overview' }));
  expect(failure.code).toBe('no-answer');
  expect(failure.messageIn(say)).toBe('the app did not answer (timed out)');
  expect(failure.hintIn(say)).toContain('not known');
});

test.each([undefined, {}, { answer: { answer: 'runs', runs: [] } }])(
  'the answer %j to another question is refused',
  async (reply) => {
    invoke.mockResolvedValue(reply);
    expect(await failureOf(jira.call({ command: 'overview' }))).toMatchObject({ code: 'wrong-answer' });
  },
);

test('an administrator is asked to allow an address once, and the refusal is passed on', async () => {
  const configured = [{ domain: 'https://hooks.example.com', type: ['FETCH_BACKEND_SIDE'] }];
  egress.get.mockResolvedValueOnce({ results: [] });
  await jira.allow('https://hooks.example.com', 'Reports');
  expect(egress.set).toHaveBeenCalledExactlyOnceWith({
    egresses: [{ key: 'reports', description: 'Reports', configured }],
  });
  egress.get.mockResolvedValue({ results: [{ key: 'reports', description: '', configured }] });
  await jira.allow('https://hooks.example.com', 'Reports');
  expect(egress.set).toHaveBeenCalledOnce();
  egress.set.mockRejectedValueOnce(new Error('rejected'));
  await expect(jira.allow('https://other.example.com', 'Reports')).rejects.toThrow('rejected');
  await jira.forbid();
  expect(egress.deleteGroup).toHaveBeenCalledWith({ key: 'reports' });
});
