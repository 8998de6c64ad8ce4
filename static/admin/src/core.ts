import type { ImportReport, LogVerification, PolicyCheck, StoredEntry } from '../gen/types';
import { resolverCore } from './core/resolver';
import { wasmCore } from './core/wasm';
import type { Call } from './protocol';

/** What the core decides for the page, wherever it runs. */
export interface Core {
  /** Where it runs: in this page, or behind the resolver because the page may not compile WebAssembly. */
  readonly place: 'page' | 'resolver';
  checkPolicy(document: string): Promise<PolicyCheck>;
  verifyEntries(entries: StoredEntry[]): Promise<LogVerification>;
  /** Begins to read an export of admin.atlassian.com; throws a `Failure` where this page may not run the core. */
  exportFile(): ExportFile;
}

/** An export of admin.atlassian.com, read as its bytes come. What it cannot read it throws, as an `Error` with a `code`. */
export interface ExportFile {
  /** The next slice of the file, of any size. */
  feed(bytes: Uint8Array): void;
  /** After the last slice: what was found. */
  finish(): ExportContent;
  /** After `finish`: a part of the people, from 0 on, small enough to be sent. */
  part(number: number): Uint8Array;
  /** Gives its memory back. */
  free(): void;
}

/** What was found in an export. */
export interface ExportContent {
  report: ImportReport;
  /** How many parts its people make. */
  parts: number;
  /** Names exactly these parts. */
  hash: string;
}

/** The core in this page; where the page's content security policy blocks WebAssembly, the same core behind the resolver. */
export async function openCore(call: Call): Promise<Core> {
  try {
    return await wasmCore();
  } catch {
    return resolverCore(call);
  }
}
