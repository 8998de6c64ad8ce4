import type { CDPSession } from 'playwright-core';
import { rounded } from '../measure/runs.ts';
import type { Window } from './window.ts';

const MB = 1e6;

export interface Memory {
  /** All of it. */
  heap_mb_100k: number;
  /** Objects of the page's JavaScript. */
  objects_mb: number;
  /** Bytes outside the heap of objects, such as the stored blocks that the next snapshot may take over. */
  buffers_mb: number;
  /** Memory of WebAssembly, in which everybody is. */
  wasm_mb: number;
}

/** What the tab holds after a collection of its garbage: the page and the one around its frame. */
export async function memoryOf({ outer }: Window): Promise<Memory> {
  const session = await outer.context().newCDPSession(outer);
  const contexts = await contextsOf(session);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  let wasm = 0;
  for (const context of contexts) wasm += await wasmBytes(session, context);
  await session.detach();
  return {
    heap_mb_100k: rounded((usedSize + backingStorageSize + wasm) / MB),
    objects_mb: rounded(usedSize / MB),
    buffers_mb: rounded(backingStorageSize / MB),
    wasm_mb: rounded(wasm / MB),
  };
}

/** Where scripts of the tab's documents run. */
async function contextsOf(session: CDPSession): Promise<number[]> {
  const contexts: number[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => contexts.push(context.id));
  await session.send('Runtime.enable');
  return contexts;
}

/** The bytes of every memory of WebAssembly that is still held; the collector counts them nowhere else. */
async function wasmBytes(session: CDPSession, contextId: number): Promise<number> {
  const expression = 'globalThis.WebAssembly?.Memory.prototype';
  const { result } = await session.send('Runtime.evaluate', { expression, contextId });
  if (!result.objectId) return 0;
  const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: result.objectId });
  const sum = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration:
      'function () { return [...new Set(this.map(({ buffer }) => buffer))].reduce((sum, { byteLength }) => sum + byteLength, 0); }',
    returnByValue: true,
  });
  return Number(sum.result.value);
}
