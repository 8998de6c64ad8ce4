import { expect, test } from 'vitest';
import type { SnapshotPart, SnapshotParts } from '../../gen/types';
import type { createGlue } from '../../gen/core.js';
import { base64 } from '../import/base64';
import type { Call } from '../protocol';
import { Failure } from '../failure';
import type { Say } from '../texts/texts';
import { loadRoster } from './roster';

/** A text's key in place of its words. */
const keyOf = ((key: string) => key) as Say;

type Glue = ReturnType<typeof createGlue>;

/** A core that notes what it is given: it reads a chunk a step once all are there. */
class FakeCore {
  static names = ['d', 'a', 'p1', 'p2', 'p3', 'p4', 'p5'];
  taken: string[] = [];
  #read = 0;

  names(): string[] {
    return FakeCore.names;
  }

  take(name: string, bytes: Uint8Array): void {
    expect(new TextDecoder().decode(bytes)).toBe(name);
    this.taken.push(name);
  }

  step(): boolean {
    if (this.#read === this.taken.length) return false;
    this.#read += 1;
    return true;
  }

  finish(): { people: number } {
    expect(this.taken.toSorted()).toEqual(FakeCore.names.toSorted());
    expect(this.#read).toBe(FakeCore.names.length);
    return { people: this.taken.length };
  }

  free(): void {
    this.taken = [];
  }
}

const glue = { ArrivingRoster: FakeCore } as unknown as Glue;

/** An app whose answers hold two chunks each, of a snapshot that is renewed before some of its answers. */
class FakeApp {
  asked: string[] = [];
  renewals: number[];
  #answers = 0;
  #snapshot = 1;

  constructor(renewals: number[] = []) {
    this.renewals = renewals;
  }

  call = ((command: { command: string; snapshot?: string; names?: string[] }) => {
    this.#answers += 1;
    if (this.renewals.includes(this.#answers)) this.#snapshot += 1;
    const snapshot = String(this.#snapshot);
    if (command.command === 'snapshotParts') return Promise.resolve({ snapshot } as unknown as SnapshotParts);
    const names = command.snapshot === snapshot ? (command.names ?? []).slice(0, 2) : [];
    this.asked.push(...names);
    const chunks = names.map((name) => ({ name, bytes: base64(new TextEncoder().encode(name)) }));
    return Promise.resolve({ snapshot, chunks } satisfies SnapshotPart);
  }) as unknown as Call;
}

const load = (app: FakeApp, rest = {}) =>
  loadRoster(glue, { call: app.call, progress: () => undefined, signal: new AbortController().signal, ...rest });

test('every chunk is asked for once, however few come at a time', async () => {
  const app = new FakeApp();
  const seen: number[] = [];
  const roster = await load(app, { progress: (done: number, of: number) => seen.push(done / of) });
  expect(roster.people).toBe(7);
  expect(app.asked.toSorted()).toEqual(FakeCore.names.toSorted());
  expect(seen.at(-1)).toBe(1);
});

test('a snapshot that is replaced is left for the new one, and what came is not asked for again', async () => {
  const app = new FakeApp([3]);
  const roster = await load(app);
  expect(roster.source.snapshot).toBe('2');
  expect(app.asked.toSorted()).toEqual(FakeCore.names.toSorted());
});

test('one that is replaced again and again is given up', async () => {
  const app = new FakeApp([2, 4, 6, 8, 10, 12]);
  const failure = await load(app).catch((cause: unknown) => Failure.from(cause));
  if (!(failure instanceof Failure)) throw new Error('it was not given up');
  expect([failure.code, failure.messageIn(keyOf)]).toEqual(['snapshot-changes', 'people.renewedMeanwhile']);
});

test('what a roster before was made of is not loaded again', async () => {
  const before = await load(new FakeApp());
  const app = new FakeApp();
  const roster = await load(app, { before });
  expect(roster.people).toBe(7);
  expect(app.asked).toEqual([]);
});

test('whoever leaves ends the loading', async () => {
  const leaving = new AbortController();
  const app = new FakeApp();
  const loading = load(app, { signal: leaving.signal, progress: () => leaving.abort() });
  await expect(loading).rejects.toThrow('aborted');
  expect(app.asked.length).toBeLessThan(7);
});
