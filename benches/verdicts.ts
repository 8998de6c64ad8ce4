/** Everybody's verdict, in the order in which people came. */
import { FALSE, TRUE, type Truth, UNKNOWN } from './policies/language.ts';

export type Verdicts = Uint8Array;

/** From two bitmaps: whom the policy matches, for whom it is not decided. */
export function fromBits(users: number, matched: Uint32Array, unknown: Uint32Array): Verdicts {
  const bit = (bits: Uint32Array, row: number) => ((bits[row >>> 5] ?? 0) >>> (row & 31)) & 1;
  return Uint8Array.from({ length: users }, (_, row): Truth => {
    if (bit(matched, row) === 1) return TRUE;
    return bit(unknown, row) === 1 ? UNKNOWN : FALSE;
  });
}

/** FNV-1a in 32 bits; the native run computes the same. */
export function fingerprint(verdicts: Verdicts): number {
  let hash = 0x811c9dc5;
  for (const verdict of verdicts) hash = Math.imul(hash ^ verdict, 0x01000193);
  return hash >>> 0;
}

/** Fails where two engines differ on anybody. */
export function requireEqual(who: string, found: Verdicts, expected: Verdicts): void {
  const row = expected.findIndex((verdict, row) => found[row] !== verdict);
  if (row >= 0 || found.length !== expected.length) {
    throw new Error(
      `${who} decides person ${row} otherwise: ${found[row] ?? 'nothing'}, not ${expected[row] ?? 'nothing'}`,
    );
  }
}
