/** Starts the functions' core once, as a cold container does, and prints the milliseconds until its first answer. */
import { readFileSync } from 'node:fs';
import { createGlue } from '../forge-app/gen/core.js';
import { POLICIES } from './policies/index.ts';

const document = JSON.stringify(POLICIES[0]?.policy);
const start = performance.now();
const core = createGlue(queueMicrotask);
core.initSync({ module: new WebAssembly.Module(readFileSync('forge-app/gen/core_bg.wasm')) });
core.checkPolicy(document);
console.log(performance.now() - start);
