import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createGlue } from '../../static/admin/gen/evidence/core.js';
import type { LogHead, StoredEntry } from '../../static/admin/gen/evidence/types.ts';

const module = new WebAssembly.Module(readFileSync('static/admin/gen/evidence/core_bg.wasm'));

function core(): ReturnType<typeof createGlue> {
  const glue = createGlue(queueMicrotask);
  glue.initSync({ module });
  return glue;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A log made without the core: canonical JSON has its keys in order, and these are written so. */
function log(count: number): StoredEntry[] {
  const entries: StoredEntry[] = [];
  let previous = '0'.repeat(64);
  for (let seq = 1; seq <= count; seq += 1) {
    const time = `2026-11-21T12:00:${String(seq).padStart(2, '0')}Z`;
    const entry = JSON.stringify({
      action: 'key-expires',
      actor: 'schedule',
      outcome: 'done',
      previous,
      reason: '=Ü',
      seq,
      time,
    });
    previous = sha256(entry);
    entries.push({ seq, entry, hash: previous });
  }
  return entries;
}

const placeOf = ({ seq, hash }: StoredEntry): LogHead => ({ seq, hash });

function bundle(entries: StoredEntry[]): Uint8Array {
  const [head] = entries.slice(-1).map(placeOf);
  const covers = { from: '2026-11-21T00:00:00Z', to: '2026-11-22T00:00:00Z' };
  const facts = { made: '2026-11-22T08:00:00Z', covers, head, anchors: entries.slice(-1).map(placeOf) };
  const evidence = new (core().EvidenceBundle)(JSON.stringify(facts));
  evidence.addEntries(entries);
  return evidence.finish();
}

test('a chain is verified slice by slice', () => {
  const entries = log(30);
  const check = new (core().ChainCheck)();
  for (let from = 0; from < entries.length; from += 7) check.take(entries.slice(from, from + 7));
  expect(check.verdict()).toMatchObject({ valid: true, entries: 30, last: 30, tailProven: false });
  const broken = new (core().ChainCheck)();
  broken.take(entries.filter(({ seq }) => seq !== 12));
  expect(broken.verdict()).toMatchObject({ valid: false, firstMisfit: 12 });
});

test('a bundle that is made here is verified here, and a changed byte of it is not', () => {
  const entries = log(20);
  const archive = bundle(entries);
  const anchors = entries.slice(-1).map(placeOf);
  expect(core().verifyBundle(archive, anchors)).toMatchObject({ valid: true, log: { tailProven: true } });
  const shorter = bundle(entries.slice(0, 19));
  expect(core().verifyBundle(shorter, anchors)).toMatchObject({ valid: false, log: { firstMisfit: 20 } });
  const changed = archive.slice();
  changed[60] = (changed[60] ?? 0) ^ 1;
  expect(() => core().verifyBundle(changed, [])).toThrow(/damaged|archive/);
});

test('an export is a table without formulas, and lines that verify', () => {
  const entries = log(5);
  const table = core().entriesTable(entries, true);
  expect(table.split('\r\n')).toHaveLength(7);
  expect(table).toContain(",'=Ü,");
  const lines = new TextEncoder().encode(core().entriesLines(entries));
  expect(core().verifyLines(lines, [])).toMatchObject({ valid: true, last: 5 });
});
