import type { Core } from '../core';
import { Failure } from '../failure';
import type { Call } from '../protocol';

/** What the platform lets through from page to function, in bytes, less some room for its envelope. */
const MAX_REQUEST = 480_000;

/** The core behind the resolver: the same functions as commands. */
export function resolverCore(call: Call): Core {
  return {
    place: 'resolver',
    checkPolicy: (document) => call({ command: 'checkPolicy', document }),
    verifyEntries: (entries) => {
      if (new TextEncoder().encode(JSON.stringify(entries)).length > MAX_REQUEST) throw tooLong();
      return call({ command: 'verifyEntries', entries });
    },
    exportFile: () => {
      throw needsWasm();
    },
  };
}

const tooLong = (): Failure =>
  new Failure({
    code: 'log-too-long',
    message: 'the log is longer than a page may send, and this page may not run the core itself',
    hint: 'open it where WebAssembly is allowed, or verify an export on the command line',
  });

const needsWasm = (): Failure =>
  new Failure({
    code: 'needs-webassembly',
    message: 'an export is read in the browser with WebAssembly, which this page may not use',
    hint: 'open the page in a browser that allows WebAssembly, or connect the organization with a key',
  });
