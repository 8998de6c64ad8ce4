import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { perInvocation } from '../../forge-app/instance';
import type { HostPort } from '../../forge-app/gen/core';
import { createGlue } from '../../target/planted-panic/core.js';

/** A host whose every answer is empty. */
const emptyHost = { get: (keys: string[]) => Promise.resolve(keys.map(() => undefined)) } as unknown as HostPort;
const withPlanted = perInvocation(createGlue, () => readFileSync('target/planted-panic/core_bg.wasm'));

const uncaught: unknown[] = [];
const remember = (error: unknown) => uncaught.push(error);
beforeAll(() => {
  process.on('uncaughtException', remember);
  process.on('unhandledRejection', remember);
});
afterAll(() => {
  process.off('uncaughtException', remember);
  process.off('unhandledRejection', remember);
});

test('an invocation that panics rejects instead of hanging, with the text and a code for the log', async () => {
  const panicking = withPlanted((core) => core.plantedPanic(emptyHost));
  await expect(panicking).rejects.toMatchObject({
    code: 'CORE_PANIC',
    message: expect.stringContaining('planted') as string,
  });
});

test('invocations before, beside and after a panic work', async () => {
  const good = () => withPlanted((core) => Promise.resolve(core.version()));
  const outcomes = await Promise.allSettled([
    good(),
    withPlanted((core) => core.plantedPanic(emptyHost)),
    good(),
    withPlanted((core) => core.plantedPanic(emptyHost)),
    good(),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
  await expect(good()).resolves.toMatch(/^\d+\.\d+\.\d+$/);
});

test('without the catcher the same panic never settles: that is what the catcher is for', async () => {
  const core = createGlue((poll) => {
    queueMicrotask(() => {
      try {
        poll();
      } catch {
        // What the platform would report as an uncaught exception.
      }
    });
  });
  core.initSync({ module: readFileSync('target/planted-panic/core_bg.wasm') });
  const settled = core.plantedPanic(emptyHost).then(
    () => 'settled',
    () => 'settled',
  );
  const later = new Promise((done) => setTimeout(done, 200, 'still pending'));
  await expect(Promise.race([settled, later])).resolves.toBe('still pending');
});

test('nothing of it escapes to the process', () => {
  expect(uncaught).toEqual([]);
});

test('the shipped core has no planted panic', async () => {
  const { createGlue: shipped } = await import('../../forge-app/gen/core.js');
  expect(Object.keys(shipped(queueMicrotask))).not.toContain('plantedPanic');
});
