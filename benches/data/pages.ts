/** The organization as pages of `users/search`, made one at a time: nobody ever holds the whole of it. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ApiPage, ApiUser } from './api-user.ts';
import { type Day, TODAY } from './activity.ts';
import { person } from './person.ts';
import { Random } from './random.ts';

/** The most that the API gives on one page. */
export const PAGE_SIZE = 100;

export const SEED = 20261121;

export function* pages(users: number, day: Day = TODAY, seed: number = SEED): Generator<Uint8Array> {
  for (let first = 0; first < users; first += PAGE_SIZE) {
    yield Buffer.from(JSON.stringify(page(first, users, day, seed)));
  }
}

function page(first: number, users: number, day: Day, seed: number): ApiPage {
  const end = Math.min(first + PAGE_SIZE, users);
  const data = Array.from({ length: end - first }, (_, place) => person(seed, first + place, day));
  const cursor = (place: number) => new Random(seed, place, 3).hex(22);
  const links = { self: cursor(first), ...(end < users ? { next: cursor(end) } : {}) };
  return { data, links };
}

/** Lays the pages down in a file, each after its length in four bytes (the small end first); the native run reads it too. */
export function pagesFile(users: number): string {
  const folder = 'target/bench';
  const file = join(folder, `pages-${users}-${generatorHash()}.bin`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.unfinished`;
  const out = openSync(unfinished, 'w');
  for (const bytes of pages(users)) {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    writeSync(out, length);
    writeSync(out, bytes);
  }
  closeSync(out);
  renameSync(unfinished, file);
  return file;
}

/** What the data depends on: another generator writes another file. */
function generatorHash(): string {
  const folder = import.meta.dirname;
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}

/** Reads a file of pages, one at a time. */
export function* readPages(file: string): Generator<Uint8Array> {
  const input = openSync(file, 'r');
  const length = Buffer.alloc(4);
  try {
    while (readSync(input, length, 0, 4, null) === 4) {
      const bytes = new Uint8Array(length.readUInt32LE());
      readSync(input, bytes, 0, bytes.length, null);
      yield bytes;
    }
  } finally {
    closeSync(input);
  }
}

/** The people of a page. */
export function parsed(page: Uint8Array): ApiUser[] {
  const text = Buffer.from(page.buffer, page.byteOffset, page.byteLength).toString();
  return (JSON.parse(text) as ApiPage).data;
}

/** Reads a file of pages as parsed people, so many at a time. */
export function* readBatches(file: string, size: number): Generator<ApiUser[]> {
  let batch: ApiUser[] = [];
  for (const page of readPages(file)) {
    for (const user of parsed(page)) batch.push(user);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
