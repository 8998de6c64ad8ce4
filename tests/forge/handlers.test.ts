import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Reply } from '../../forge-app/gen/types.ts';
import { readManifest } from './runtime/manifest.ts';
import { ForgeRuntime } from './runtime/runtime.ts';
import { commandRequest, jobRequest, tickRequest, transitionRequest, userEventRequest } from './support/invocations.ts';
import { startRecordingCloud, type RecordingCloud } from './support/recording-cloud.ts';

const runtime = new ForgeRuntime('dist/forge', readManifest('manifest.yml'));
const nowhere = 'http://127.0.0.1:9';
let cloud: RecordingCloud;

beforeAll(async () => {
  cloud = await startRecordingCloud();
  // What a handler logs about a failure is for the app's log.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterAll(() => {
  cloud.close();
});

const answered = (reply: unknown) => Object.keys(reply as Reply)[0];
const refusal = (reply: unknown) =>
  'error' in (reply as Reply) ? (reply as { error: { code: string } }).error.code : '';

test.each(['admin', 'global'] as const)('the page gets its answer from the resolver %s', async (page) => {
  const reply = await runtime.invoke(commandRequest({ command: 'overview' }, 'somebody', page), cloud.url);
  expect(answered(reply)).toBe('answer');
});

test('a call without a person is refused before anything is read', async () => {
  const before = cloud.received.length;
  const reply = await runtime.invoke(commandRequest({ command: 'overview' }, undefined), cloud.url);
  expect(refusal(reply)).toBe('not-allowed');
  expect(cloud.received).toHaveLength(before);
});

test.each([{}, { command: 'nothing' }, { command: 'run' }, { command: 'overview', accountId: 'somebody else' }])(
  'what is no command is answered, not thrown: %j',
  async (command) => {
    const reply = await runtime.invoke(commandRequest(command, 'somebody'), cloud.url);
    expect(refusal(reply)).toBe('bad-command');
  },
);

test("who asks is the platform's word", async () => {
  cloud.received.length = 0;
  await runtime.invoke(commandRequest({ command: 'overview' }, 'somebody'), cloud.url);
  const callers = new Set(cloud.received.flatMap(({ caller }) => caller ?? []));
  expect([...callers]).toEqual(['user:somebody']);
});

test('a storage that fails is an answer without the names of source files', async () => {
  const reply = await runtime.invoke(commandRequest({ command: 'overview' }, 'somebody'), nowhere);
  expect(answered(reply)).toBe('error');
  expect(JSON.stringify(reply)).not.toMatch(/\.rs|wasm|node_modules/);
});

test("Jira's wish for consent reaches the platform, which then asks the person", async () => {
  cloud.asksConsent = true;
  const overview = runtime.invoke(commandRequest({ command: 'overview' }, 'somebody'), cloud.url);
  await expect(overview).rejects.toThrow('Authentication Required');
  cloud.asksConsent = false;
});

test('the trigger says that it is through', async () => {
  await expect(runtime.invoke(tickRequest(), cloud.url)).resolves.toEqual({ statusCode: 204 });
});

test.each(['work', 'answer'] as const)('a job of %s whose storage fails is delivered again', async (queue) => {
  const job = JSON.stringify({ pushed: '2026-11-21T12:00:00Z', task: { execute: { run: 'r' } } });
  const outcome = (await runtime.invoke(jobRequest(queue, job), nowhere)) as { _retry: boolean; retryOptions: object };
  expect(outcome).toMatchObject({ _retry: true, retryOptions: { retryReason: 'FUNCTION_RETRY_REQUEST' } });
});

test.each(['created', 'updated', 'deleted'])('an event that a user was %s marks the account', async (what) => {
  cloud.received.length = 0;
  await runtime.invoke(userEventRequest(what, { accountId: '712020:a', accountType: 'atlassian' }), cloud.url);
  const written = cloud.received.filter(({ path }) => path.endsWith('/transaction')).map(({ body }) => body);
  expect(written).toHaveLength(1);
  expect(JSON.parse(written[0] ?? '')).toMatchObject({
    set: [{ key: expect.stringMatching(/^hints:/) as string, value: ['712020:a'] }],
  });
});

test.each(['approval', 'rejection'] as const)(
  'the transition of an issue that asks for nothing is let be by %s',
  async (meaning) => {
    cloud.received.length = 0;
    await runtime.invoke(transitionRequest(meaning, '10001', '712020:a'), cloud.url);
    expect(cloud.received.some(({ body }) => body.includes('approval-issues'))).toBe(true);
    expect(cloud.received.filter(({ path }) => path.includes('/rest/api/'))).toEqual([]);
    // One whose storage fails is found by the look at all approval issues.
    await expect(runtime.invoke(transitionRequest(meaning, '10001', '712020:a'), nowhere)).resolves.toBeNull();
  },
);

test('an event of an app account, or whose storage fails, is let go', async () => {
  cloud.received.length = 0;
  const app = userEventRequest('updated', { accountId: '557058:bot', accountType: 'app' });
  await expect(runtime.invoke(app, cloud.url)).resolves.toBeNull();
  expect(cloud.received).toHaveLength(0);
  const person = userEventRequest('updated', { accountId: '712020:a', accountType: 'atlassian' });
  await expect(runtime.invoke(person, nowhere)).resolves.toBeNull();
});
