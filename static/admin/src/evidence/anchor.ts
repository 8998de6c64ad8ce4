import type { LogHead } from '../../gen/types';

/** Reads anchors as they are written down, `seq:hash`, one or more; `undefined` where one is none. */
export function anchorsOf(text: string): LogHead[] | undefined {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  const anchors = parts.map((part) => /^(\d{1,10}):([0-9a-f]{64})$/.exec(part));
  if (anchors.includes(null)) return undefined;
  return anchors.map((found) => ({ seq: Number(found?.[1]), hash: found?.[2] ?? '' }));
}
