import { createGlue } from '../../gen/core.js';
import type { Core } from '../core';
import { wasmChainCheck, wasmEvidence } from './evidence';
import { loadRoster } from './roster';
import { wasmExportFile } from './upload';

type Glue = ReturnType<typeof createGlue>;

/** A fresh instance for each call: one that trapped is never used again, and nothing stays in its memory. */
function fresh(module: WebAssembly.Module): Glue {
  const glue = createGlue(queueMicrotask);
  glue.initSync({ module });
  return glue;
}

/** A trap rejects like any other failure. */
const computed = <T>(compute: () => T): Promise<T> => new Promise((resolve) => resolve(compute()));

/** Compiles the core; rejects where that is blocked. */
export async function wasmCore(): Promise<Core> {
  const file = await fetch(new URL('../../gen/core_bg.wasm', import.meta.url));
  const module = await WebAssembly.compile(await file.arrayBuffer());
  fresh(module).version();
  return {
    place: 'page',
    checkPolicy: (document) => computed(() => fresh(module).checkPolicy(document)),
    nextRuns: (document, from, count, blackOuts) =>
      computed(() => fresh(module).nextRuns(document, from, count, blackOuts)),
    chainCheck: () => wasmChainCheck(),
    evidence: () => wasmEvidence(),
    roster: (load) => loadRoster(fresh(module), load),
    exportFile: () => wasmExportFile(),
  };
}
