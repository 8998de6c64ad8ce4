import type { LogVerification, PolicyCheck, StoredEntry } from '../gen/types';
import { resolverCore } from './core/resolver';
import { wasmCore } from './core/wasm';
import type { Call } from './protocol';

/** What the core decides for the page, wherever it runs. */
export interface Core {
  /** Where it runs: in this page, or behind the resolver because the page may not compile WebAssembly. */
  readonly place: 'page' | 'resolver';
  checkPolicy(document: string): Promise<PolicyCheck>;
  verifyEntries(entries: StoredEntry[]): Promise<LogVerification>;
}

/** The core in this page; where the page's content security policy blocks WebAssembly, the same core behind the resolver. */
export async function openCore(call: Call): Promise<Core> {
  try {
    return await wasmCore();
  } catch {
    return resolverCore(call);
  }
}
