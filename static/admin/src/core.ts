import type {
  BundleVerification,
  ImportReport,
  LogHead,
  LogVerification,
  PolicyCheck,
  StoredEntry,
} from '../gen/types';
import { resolverCore } from './core/resolver';
import type { LoadRoster, Roster } from './core/roster';
import { wasmCore } from './core/wasm';
import type { Call } from './protocol';

export type { LoadRoster, Roster } from './core/roster';

/** What the core decides for the page, wherever it runs. */
export interface Core {
  /** Where it runs: in this page, or behind the resolver because the page may not compile WebAssembly. */
  readonly place: 'page' | 'resolver';
  checkPolicy(document: string): Promise<PolicyCheck>;
  /**
   * When a policy would run by itself after an instant and outside the organization's black-outs (in JSON), at most so many
   * times; rejects with a `Failure` where this page may not run the core.
   */
  nextRuns(document: string, from: string, count: number, blackOuts: string): Promise<string[]>;
  /** Begins a verification of the log; `cut` is what its retention has cut. */
  chainCheck(cut: LogHead | undefined): Promise<ChainCheck>;
  /** What bundles and exports are made and verified with, loaded now; rejects with a `Failure` where this page may not. */
  evidence(): Promise<Evidence>;
  /** Loads everybody of the newest snapshot into this page; rejects with a `Failure` where it may not run the core. */
  roster(load: LoadRoster): Promise<Roster>;
  /** Begins to read an export of admin.atlassian.com; rejects with a `Failure` where this page may not run the core. */
  exportFile(): Promise<ExportFile>;
}

/** A verification of the log that takes its entries as they come. */
export interface ChainCheck {
  take(entries: StoredEntry[]): Promise<void>;
  verdict(): LogVerification;
}

/** A run, the revision of its policy, its coverage, and whom it meant if it was by hand: the app's own answers. */
export interface RunFacts {
  run?: unknown;
  policy?: unknown;
  coverage?: unknown;
  chosen?: unknown;
}

/** What a bundle is about: a run, or a period with its runs. */
export interface BundleFacts extends RunFacts {
  made: string;
  covers: { from: string; to: string };
  head: LogHead;
  anchors: LogHead[];
  runs?: RunFacts[];
  leftOut?: { run: string; why: 'tooMany' | 'gone' | 'cut' }[];
}

/** An evidence bundle that is being made. */
export interface EvidenceBundle {
  addEntries(entries: StoredEntry[]): void;
  addPlanPart(run: string, part: string): void;
  addNames(people: { account: string; name: string | null; email: string | null }[]): void;
  finish(): Uint8Array;
}

export interface Evidence {
  bundle(facts: BundleFacts): EvidenceBundle;
  /** Throws an `Error` with a `code` for what is no bundle. */
  verifyBundle(archive: Uint8Array, anchors: LogHead[]): BundleVerification;
  verifyLines(lines: Uint8Array, anchors: LogHead[]): LogVerification;
  /** The runs that were decided on, planned or at work between two moments, as entries tell. */
  runsAtWork(entries: StoredEntry[], from: string, to: string): string[];
  /** Rows for a spreadsheet. */
  table(entries: StoredEntry[], head: boolean): string;
  /** Lines that can be verified. */
  lines(entries: StoredEntry[]): string;
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
