import type { createGlue } from '../../gen/evidence/core.js';
import type { ChainCheck, Evidence } from '../core';

type Glue = ReturnType<typeof createGlue>;

/** Compiled when it is first needed; a download that failed is tried again. */
let compiled: Promise<() => Glue> | undefined;

async function compile(): Promise<() => Glue> {
  const [{ createGlue: create }, file] = await Promise.all([
    import('../../gen/evidence/core.js'),
    fetch(new URL('../../gen/evidence/core_bg.wasm', import.meta.url)),
  ]);
  const module = await WebAssembly.compile(await file.arrayBuffer());
  // A fresh instance for each use: nothing stays in its memory.
  return () => {
    const glue = create(queueMicrotask);
    glue.initSync({ module });
    return glue;
  };
}

async function fresh(): Promise<Glue> {
  compiled ??= compile();
  try {
    return (await compiled)();
  } catch (cause) {
    compiled = undefined;
    throw cause;
  }
}

/** The core for evidence in this page. */
export async function wasmEvidence(): Promise<Evidence> {
  const glue = await fresh();
  return {
    bundle: (facts) => new glue.EvidenceBundle(JSON.stringify(facts)),
    verifyBundle: (archive, anchors) => glue.verifyBundle(archive, anchors),
    verifyLines: (lines, anchors) => glue.verifyLines(lines, anchors),
    runsAtWork: (entries, from, to) => glue.runsAtWork(entries, from, to),
    table: (entries, head) => glue.entriesTable(entries, head),
    lines: (entries) => glue.entriesLines(entries),
  };
}

/** A verification in this page. */
export async function wasmChainCheck(): Promise<ChainCheck> {
  const glue = await fresh();
  const check = new glue.ChainCheck();
  return {
    take: async (entries) => {
      await Promise.resolve();
      check.take(entries);
    },
    verdict: () => check.verdict(),
  };
}
