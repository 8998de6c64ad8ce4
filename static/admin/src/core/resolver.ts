import type { LogHead, LogVerification, StoredEntry } from '../../gen/types';
import type { ChainCheck, Core } from '../core';
import { Failure } from '../failure';
import type { Call } from '../protocol';
import type { PlainKey } from '../texts/catalogue';

/** So many entries go to the resolver at once: their text is far below what the platform lets through. */
const ENTRIES_A_CALL = 50;

/** The core behind the resolver: the same functions as commands. */
export function resolverCore(call: Call): Core {
  return {
    place: 'resolver',
    checkPolicy: (document) => call({ command: 'checkPolicy', document }),
    nextRuns: () => Promise.reject(needsWasm('shown.previewNeedsWasm')),
    chainCheck: (cut) => Promise.resolve(resolverChainCheck(call, cut)),
    evidence: () => Promise.reject(needsWasm('shown.evidenceNeedsWasm')),
    roster: () => Promise.reject(needsWasm('shown.rosterNeedsWasm')),
    exportFile: () => Promise.reject(needsWasm('shown.exportNeedsWasm')),
  };
}

/** A verification that goes on, call by call, where the one before ended. */
function resolverChainCheck(call: Call, cut: LogHead | undefined): ChainCheck {
  let after = cut;
  let read = 0;
  let found: LogVerification | undefined;
  const verify = async (entries: StoredEntry[]) => {
    if (found && !found.valid) return;
    found = await call({ command: 'verifyEntries', entries, ...(after && { after }) });
    after = { seq: found.last, hash: found.head };
    read += entries.length;
  };
  return {
    take: async (entries) => {
      for (let from = 0; from < entries.length; from += ENTRIES_A_CALL) {
        await verify(entries.slice(from, from + ENTRIES_A_CALL));
      }
    },
    verdict: () => {
      if (!found) return NOTHING;
      // The core's words are about the last call's entries alone; how many fit in all is said where it is shown.
      return found.valid ? { ...found, entries: read, message: '' } : found;
    },
  };
}

const NOTHING: LogVerification = {
  valid: true,
  entries: 0,
  firstMisfit: null,
  message: '',
  last: 0,
  head: '0'.repeat(64),
  tailProven: false,
};

const needsWasm = (what: PlainKey): Failure =>
  new Failure({
    code: 'needs-webassembly',
    message: (say) => say(what),
    hint: (say) => say('shown.needsWasmHint'),
  });
