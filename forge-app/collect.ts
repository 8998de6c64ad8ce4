import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** V8's own collection, which Node shows under a flag; without it the memory goes whenever V8 thinks of it. */
function find(): (() => void) | undefined {
  try {
    setFlagsFromString('--expose-gc');
    const collection = runInNewContext('gc') as (() => void) | undefined;
    return collection;
  } catch {
    return undefined;
  }
}

let collection: (() => void) | undefined;
let isFound = false;

/**
 * Lets go of what dropped instances of the core held.
 *
 * V8 hardly counts the memory of a WebAssembly instance: a warm container that reads an organization bit by bit would
 * hold several dead instances of fifty megabytes each before V8 looks for garbage.
 */
export function collect(): void {
  if (!isFound) collection = find();
  isFound = true;
  collection?.();
}
