/**
 * wasm-bindgen's `--target no-modules` output holds its instance in a variable of one immediately called function.
 * One invocation needs an instance of its own (a shared one runs host calls in another tenant's context), so that
 * function becomes a factory. The cuts are anchored: another shape of the output is an error, not a surprise.
 */
const head = 'let wasm_bindgen = (function(exports) {';
const tail = '})({ __proto__: null });';
/** wasm-bindgen-futures schedules every poll by this name; the factory's parameter shadows the global. */
const poll = 'queueMicrotask(arg0)';

/**
 * Turns the glue's text into a module that exports `createGlue(queueMicrotask)`. A core without futures (the page's)
 * schedules no polls.
 */
export function glueFactory(text: string, hasFutures = true): string {
  const glue = text.trim();
  if (!glue.startsWith(head) || !glue.endsWith(tail) || glue.includes(poll) !== hasFutures) {
    throw new Error('the glue of wasm-bindgen changed shape: compare its output with the anchors in scripts/build/glue.ts');
  }
  const body = glue.slice(head.length, -tail.length);
  return `export function createGlue(queueMicrotask) {\n    const exports = { __proto__: null };${body}}\n`;
}

/** The factory's type: what a run with `--target web --out-name api` declares. */
export const glueTypes = `import type * as api from './api';

export type * from './api';

/** A fresh, empty core. Call \`initSync({ module })\` before anything else; every poll of a Rust future passes through the argument. */
export function createGlue(queueMicrotask: (poll: () => void) => void): typeof api;
`;
