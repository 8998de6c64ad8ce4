import { readFileSync } from 'node:fs';
import { createGlue } from '../../forge-app/gen/core.js';

/** The built core in this process, for what it can decide without a host: the page has it too. */
export function coreHere(): ReturnType<typeof createGlue> {
  const core = createGlue(queueMicrotask);
  core.initSync({ module: readFileSync('forge-app/gen/core_bg.wasm') });
  return core;
}
