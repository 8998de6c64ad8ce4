import { readFileSync } from 'node:fs';
import { createGlue } from './gen/core';
import { perInvocation } from './instance';

/** Runs one invocation on a fresh instance of the core. The bundler ships the file beside the bundle, wherever that lies. */
export const withCore = perInvocation(createGlue, () => readFileSync(new URL('./gen/core_bg.wasm', import.meta.url)));
