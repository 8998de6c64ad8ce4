import { gzipSync } from 'node:zlib';

/** The cores that are built from one crate; docs/decisions/0002 says why there are four. */
export const coreNames = ['function', 'page', 'evidence', 'upload'] as const;
export type CoreName = (typeof coreNames)[number];

/** Size limits in bytes. The page's core travels to every browser, those for evidence and uploads to those who
 * ask for them, the functions' is read once by each cold start. */
export const budget: Record<CoreName, Size> = {
  page: { raw: 620_000, gzip: 232_500 },
  evidence: { raw: 303_000, gzip: 124_500 },
  upload: { raw: 250_000, gzip: 100_000 },
  function: { raw: 2_752_000, gzip: 1_116_000 },
};

/** A module's size as it is stored and as it travels. */
export interface Size {
  raw: number;
  gzip: number;
}

export function measure(wasm: Uint8Array): Size {
  return { raw: wasm.byteLength, gzip: gzipSync(wasm, { level: 9 }).byteLength };
}

/** Fails when a core is over its budget. */
export function enforce(name: CoreName, size: Size): void {
  const limit = budget[name];
  if (size.raw > limit.raw || size.gzip > limit.gzip) {
    throw new Error(
      `the ${name} core is too big: ${size.raw} bytes (limit ${limit.raw}), ${size.gzip} gzipped (limit ${limit.gzip}); look for a new dependency with twiggy or cargo bloat`,
    );
  }
}
