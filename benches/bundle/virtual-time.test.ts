import { afterEach, expect, test } from 'vitest';
import { Invocation, within, type Request } from '../../tests/forge/runtime/invocation.ts';
import { VirtualTime } from './virtual-time.ts';

const morning = Date.parse('2026-11-21T06:00:00Z');
const real = { fetch: globalThis.fetch, now: Date.now.bind(Date), timeout: AbortSignal.timeout.bind(AbortSignal) };

afterEach(() => {
  globalThis.fetch = real.fetch;
  Date.now = real.now;
  AbortSignal.timeout = real.timeout;
});

/** A cloud whose every call takes so many milliseconds. */
function cloudOf(takes: number, headers: Record<string, string> = {}) {
  const asked: { url: string; sent: string | null; body: unknown }[] = [];
  let now = morning;
  globalThis.fetch = (url, init) => {
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as { seconds: number }) : undefined;
    asked.push({
      url: url instanceof Request ? url.url : url.toString(),
      sent: new Headers(init?.headers).get('x-simulated-now'),
      body,
    });
    now += body ? body.seconds * 1000 : takes;
    const answer = body ? Response.json({ now: new Date(now).toISOString() }) : new Response(null);
    for (const [name, value] of Object.entries({ ...headers, 'x-simulated-now': String(now) })) {
      answer.headers.set(name, value);
    }
    return Promise.resolve(answer);
  };
  const time = new VirtualTime();
  time.install('http://cloud');
  time.passTo(morning);
  return { time, asked };
}

/** Calls from within an invocation of 55 seconds. */
function invoked(time: VirtualTime, call: () => Promise<unknown>): Promise<unknown> {
  const request: Request = {
    functionKey: 'work',
    handler: 'index.work',
    moduleType: 'consumer',
    moduleKey: 'work',
    timeoutSeconds: 55,
    payload: {},
    context: {},
  };
  return time.untilDeadline(request, () => within(new Invocation(request, 'http://cloud'), call));
}

test('time passes with answers, and what is sent says when', async () => {
  const { time, asked } = cloudOf(250);
  await invoked(time, () => fetch('http://cloud/a'));
  await invoked(time, () => fetch('http://cloud/b'));
  expect(Date.now()).toBe(morning + 500);
  expect(asked.map(({ sent }) => sent)).toEqual([String(morning), String(morning + 250)]);
  time.passTo(morning);
  expect(Date.now()).toBe(morning + 500);
});

test('an answer that never comes takes as long as its caller has patience', async () => {
  const { time, asked } = cloudOf(0, { 'x-simulated-lost': 'timeout' });
  const waiting = invoked(time, () => fetch('http://cloud/a', { signal: AbortSignal.timeout(20_000) }));
  await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(asked[1]).toMatchObject({ url: 'http://cloud/control/clock', body: { seconds: 20 } });
  expect(Date.now()).toBe(morning + 20_000);
});

test('an invocation ends with its time, whether it works or waits', async () => {
  const working = cloudOf(30_000);
  const twice = () => fetch('http://cloud/a').then(() => fetch('http://cloud/b'));
  await expect(invoked(working.time, twice)).rejects.toThrow('work was killed after 55 s');
  globalThis.fetch = real.fetch;
  const waiting = cloudOf(0, { 'x-simulated-lost': 'timeout' });
  await expect(invoked(waiting.time, () => fetch('http://cloud/a'))).rejects.toThrow('work was killed after 55 s');
  expect(waiting.asked[1]).toMatchObject({ body: { seconds: 55 } });
});
