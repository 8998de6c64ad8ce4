import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGlue } from '../../gen/core.js';
import type { Core } from '../core';

/** The core's check of a policy, for tests: the same core as the page's, read from its file. */
export function checkInNode(): Core['checkPolicy'] {
  const glue = createGlue(queueMicrotask);
  glue.initSync({ module: readFileSync(join(import.meta.dirname, '../../gen/core_bg.wasm')) });
  return (document) => Promise.resolve(glue.checkPolicy(document));
}
