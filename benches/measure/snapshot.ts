/**
 * What a directory of 100,000 people takes in storage, as stored, and what a day adds, when three of five people are there
 * and use all they have access to. A week of days, since each block of people is written anew once a week.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { NOW } from '../data/activity.ts';
import { pages } from '../data/pages.ts';
import { NATIVE } from '../native.ts';
import { present } from './figures.ts';
import { median, rounded } from './runs.ts';

const USERS = 100_000;

interface StoredDay {
  users: number;
  accesses: number;
  /** Bytes written for the day. */
  written: number;
  /** Of them, bytes about activity. */
  activity: number;
}

/** The first day fills the storage; the figure of a day is the mean of those that follow. */
export async function measureSnapshot(days: number): Promise<Record<string, number>> {
  const [first, ...later] = await store(days);
  if (!first) throw new Error('nothing was stored');
  const total = later.reduce((sum, { written }) => sum + written, 0);
  return present({
    bytes_per_user: rounded(first.written / first.users),
    activity_bytes_per_access: rounded(first.activity / first.accesses),
    daily_changed_bytes_100k: Math.round(total / later.length),
    daily_changed_bytes_100k_median: median(later.map(({ written }) => written)),
  });
}

/** Sends the days to the native engine, page by page. */
async function store(days: number): Promise<StoredDay[]> {
  const native = spawn(NATIVE, ['store', NOW], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: native.stdout });
  const stored: StoredDay[] = [];
  lines.on('line', (line) => stored.push(JSON.parse(line) as StoredDay));
  const ended = Promise.all([once(lines, 'close'), once(native, 'exit')]);
  for (let after = 0; after <= days; after += 1) {
    for (const page of pages(USERS, { after, everyAccess: true })) {
      native.stdin.write(lengthOf(page.length));
      if (!native.stdin.write(page)) await once(native.stdin, 'drain');
    }
    native.stdin.write(lengthOf(0));
  }
  native.stdin.end();
  await ended;
  if (stored.length !== days + 1)
    throw new Error('the native engine did not store every day; what it said stands above');
  return stored;
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes);
  return length;
}
