import type { createGlue } from '../../gen/upload/core.js';
import type { ExportFile } from '../core';

type Glue = ReturnType<typeof createGlue>;

/** Compiled when it is first needed; a download that failed is tried again. */
let compiled: Promise<() => Glue> | undefined;

async function compile(): Promise<() => Glue> {
  const [{ createGlue: create }, file] = await Promise.all([
    import('../../gen/upload/core.js'),
    fetch(new URL('../../gen/upload/core_bg.wasm', import.meta.url)),
  ]);
  const module = await WebAssembly.compile(await file.arrayBuffer());
  // A fresh instance for each file: nothing stays in its memory.
  return () => {
    const glue = create(queueMicrotask);
    glue.initSync({ module });
    return glue;
  };
}

/** Begins to read an export in this page. */
export async function wasmExportFile(): Promise<ExportFile> {
  compiled ??= compile();
  try {
    const glue = (await compiled)();
    return new glue.ExportFile();
  } catch (cause) {
    compiled = undefined;
    throw cause;
  }
}
