import type {
  Explanation,
  Facets,
  Marked,
  PolicyPreview,
  RosterColumn,
  RosterFilter,
  RosterPanel,
  RosterRow,
  SnapshotParts,
} from '../../gen/types';
import { fromBase64 } from '../import/base64';
import type { Call } from '../protocol';
import type { createGlue } from '../../gen/core.js';
import { Failure } from '../failure';
import type { LookedUp } from './own-names';

type Glue = ReturnType<typeof createGlue>;
type WasmRoster = ReturnType<InstanceType<Glue['ArrivingRoster']>['finish']>;

/** Which snapshot somebody looks at. */
export type RosterSource = Pick<SnapshotParts, 'snapshot' | 'taken' | 'source' | 'now'>;

/**
 * Everybody of the newest snapshot, in this page's memory: a filter, an order, and what they let through. Every method works at
 * once (docs/architecture.md has the figures), so that a keystroke is one call of `filter` and one of `rows`.
 */
export interface Roster {
  readonly source: RosterSource;
  /** How many people there are, each once for every directory. */
  readonly people: number;
  /** How many of them the filter lets through. */
  readonly shown: number;
  /** Answers how many are let through; throws an `Error` with a `code` for a policy or a set that cannot be used. */
  filter(filter: RosterFilter): number;
  /** What is equal stays as it was, so that sorting by one column after another goes by both. */
  sort(column: RosterColumn, descending: boolean): void;
  /** What a table paints. */
  rows(from: number, count: number): RosterRow[];
  /** The accounts that are shown, each once, in slices. */
  accounts(slice: number): Generator<string[]>;
  /** What is shown as a table in CSV, in slices. */
  csv(): Generator<string>;
  /** Counts over those who are shown, with at most so many groups and domains. */
  facets(most: number): Facets;
  /**
   * Names a set of people for `within` and `without` of a filter: account ids and e-mail addresses between spaces, commas or
   * ends of lines. It takes the place of the set that had the name; filter again afterwards.
   */
  mark(name: string, members: string): Marked;
  /**
   * Takes what was looked up of lists and fields that policies name; what was not is left to a run. Filter again afterwards.
   */
  know(own: LookedUp): void;
  /** What is known of an account; `null` where nobody has it. */
  person(account: string): RosterPanel | null;
  /** Why a policy does or does not mean an account: once for each directory that lists it. */
  explain(document: string, account: string): Explanation[];
  /** Whom a policy document would mean, with at most so many examples of each kind. */
  preview(document: string, most: number): PolicyPreview;
  /** Gives its memory back. */
  free(): void;
}

export interface LoadRoster {
  call: Call;
  /** How many of the snapshot's chunks are here. */
  progress: (done: number, of: number) => void;
  signal: AbortSignal;
  /** A roster that was loaded before: what did not change since is not loaded again. */
  before?: Roster | undefined;
}

/** So many questions are under way at a time. */
const LANES = 3;
/** So many chunks are asked for at once; the app answers with the first that fit. */
const NAMES = 12;
/** A snapshot that is replaced while it is loaded is left for the new one so many times. */
const ATTEMPTS = 3;
/** A table's rows are written so many at a time. */
const CSV_ROWS = 2_000;

type Chunks = Map<string, Uint8Array>;

/** The chunks that a roster was made of, for the one that takes its place. */
const chunksOf = new WeakMap<Roster, Chunks>();

/** Loads everybody into a fresh instance of the core. */
export async function loadRoster(glue: Glue, load: LoadRoster): Promise<Roster> {
  const chunks: Chunks = new Map((load.before && chunksOf.get(load.before)) ?? []);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const parts = await load.call({ command: 'snapshotParts' });
    load.signal.throwIfAborted();
    const arriving = new Arriving(glue, parts, chunks, load);
    if (await arriving.all()) {
      const roster = new PageRoster(parts, arriving.finish());
      chunksOf.set(roster, arriving.used());
      return roster;
    }
    arriving.free();
  }
  throw new Failure({
    code: 'snapshot-changes',
    message: (say) => say('people.renewedMeanwhile'),
    hint: (say) => say('people.renewedMeanwhileHint'),
  });
}

/** One snapshot on its way. */
class Arriving {
  readonly #load: LoadRoster;
  readonly #parts: SnapshotParts;
  readonly #chunks: Chunks;
  readonly #wasm: InstanceType<Glue['ArrivingRoster']>;
  readonly #names: string[];
  /** What nobody asked for yet. */
  #open: string[] = [];
  #done = 0;
  #isGone = false;
  #reading: Promise<void> = Promise.resolve();

  constructor(glue: Glue, parts: SnapshotParts, chunks: Chunks, load: LoadRoster) {
    this.#load = load;
    this.#parts = parts;
    this.#chunks = chunks;
    this.#wasm = new glue.ArrivingRoster(JSON.stringify(parts));
    this.#names = this.#wasm.names();
  }

  /** Loads and reads everything; false where another snapshot took its place. */
  async all(): Promise<boolean> {
    for (const name of this.#names) {
      const bytes = this.#chunks.get(name);
      if (bytes) this.#take(name, bytes);
      else this.#open.push(name);
    }
    this.#tell();
    await Promise.all(Array.from({ length: LANES }, () => this.#lane()));
    await this.#read();
    return !this.#isGone;
  }

  finish(): WasmRoster {
    return this.#wasm.finish();
  }

  free(): void {
    this.#wasm.free();
  }

  used(): Chunks {
    const used: Chunks = new Map();
    for (const name of this.#names) {
      const bytes = this.#chunks.get(name);
      if (bytes) used.set(name, bytes);
    }
    return used;
  }

  async #lane(): Promise<void> {
    while (this.#open.length > 0 && !this.#isGone) {
      const names = this.#open.splice(0, NAMES);
      const { snapshot } = this.#parts;
      const answer = await this.#load.call({ command: 'snapshotPart', snapshot, names });
      this.#load.signal.throwIfAborted();
      if (answer.snapshot !== snapshot || answer.chunks.length === 0) {
        this.#isGone = true;
        return;
      }
      for (const chunk of answer.chunks) {
        const bytes = fromBase64(chunk.bytes);
        this.#chunks.set(chunk.name, bytes);
        this.#take(chunk.name, bytes);
      }
      this.#open.unshift(...names.slice(answer.chunks.length));
      this.#tell();
      await this.#read();
    }
  }

  #take(name: string, bytes: Uint8Array): void {
    this.#wasm.take(name, bytes);
    this.#done += 1;
  }

  #tell(): void {
    this.#load.progress(this.#done, this.#names.length);
  }

  /** Reads what is there, some thousand people at a time, with room for the page to paint in between. */
  #read(): Promise<void> {
    this.#reading = this.#reading.then(async () => {
      while (this.#wasm.step()) {
        await new Promise((resolve) => setTimeout(resolve));
        this.#load.signal.throwIfAborted();
      }
    });
    return this.#reading;
  }
}

class PageRoster implements Roster {
  readonly source: RosterSource;
  readonly #wasm: WasmRoster;

  constructor({ snapshot, taken, source, now }: SnapshotParts, wasm: WasmRoster) {
    this.source = { snapshot, taken, source, now };
    this.#wasm = wasm;
  }

  get people(): number {
    return this.#wasm.people;
  }

  get shown(): number {
    return this.#wasm.shown;
  }

  filter(filter: RosterFilter): number {
    return this.#wasm.filter(JSON.stringify(filter));
  }

  sort(column: RosterColumn, descending: boolean): void {
    this.#wasm.sort(column, descending);
  }

  rows(from: number, count: number): RosterRow[] {
    return JSON.parse(this.#wasm.rows(from, count)) as RosterRow[];
  }

  *accounts(slice: number): Generator<string[]> {
    for (let from = 0; from < this.shown; from += slice) {
      yield JSON.parse(this.#wasm.accounts(from, slice)) as string[];
    }
  }

  *csv(): Generator<string> {
    // The headings come with the first slice, also of nobody.
    for (let from = 0; from === 0 || from < this.shown; from += CSV_ROWS) yield this.#wasm.csv(from, CSV_ROWS);
  }

  facets(most: number): Facets {
    return JSON.parse(this.#wasm.facets(most)) as Facets;
  }

  mark(name: string, members: string): Marked {
    return JSON.parse(this.#wasm.mark(name, members)) as Marked;
  }

  know({ lists, fields }: LookedUp): void {
    for (const [name, list] of lists) this.#wasm.knowList(name, list?.imported ?? '', list?.members.join('\n') ?? '');
    for (const [name, values] of fields) {
      const lines = values && [...values].map(([account, value]) => `${account} ${value}`).join('\n');
      this.#wasm.knowField(name, lines);
    }
  }

  person(account: string): RosterPanel | null {
    return JSON.parse(this.#wasm.person(account)) as RosterPanel | null;
  }

  explain(document: string, account: string): Explanation[] {
    return JSON.parse(this.#wasm.explain(document, account)) as Explanation[];
  }

  preview(document: string, most: number): PolicyPreview {
    return JSON.parse(this.#wasm.preview(document, most)) as PolicyPreview;
  }

  free(): void {
    this.#wasm.free();
  }
}
