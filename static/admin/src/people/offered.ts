import type { NamedCount } from '../../gen/types';

/** So many groups or domains are shown at a time; the others are looked for. */
export const MOST = 12;

/** What is shown of many values. */
export interface Offered {
  shown: NamedCount[];
  /** How many values fit what is looked for. */
  of: number;
}

/** The largest of those whose name or value has the words in it. What is chosen is always among them, so that it can be taken back. */
export function offered(
  counts: readonly NamedCount[],
  chosen: readonly string[],
  sought: string,
  nameOf: (count: NamedCount) => string,
): Offered {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (count: NamedCount) => {
    const text = `${nameOf(count)} ${count.value}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const found = counts.filter(fits);
  const first = new Set(found.slice(0, MOST));
  return {
    shown: counts.filter((count) => first.has(count) || chosen.includes(count.value)),
    of: found.length,
  };
}
