/** A line of two texts laid over each other. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** The shortest way from one text to another, line by line; policies are short enough for the table of all pairs. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const old = before.trimEnd().split('\n');
  const now = after.trimEnd().split('\n');
  const common = commonLengths(old, now);
  const lengthAt = (a: number, b: number) => common[a]?.[b] ?? 0;
  const lines: DiffLine[] = [];
  let [a, b] = [0, 0];
  while (a < old.length || b < now.length) {
    const [was, is] = [old[a], now[b]];
    if (was !== undefined && was === is) {
      lines.push({ kind: 'same', text: was });
      [a, b] = [a + 1, b + 1];
    } else if (was !== undefined && (is === undefined || lengthAt(a + 1, b) >= lengthAt(a, b + 1))) {
      lines.push({ kind: 'removed', text: was });
      a += 1;
    } else {
      lines.push({ kind: 'added', text: is ?? '' });
      b += 1;
    }
  }
  return lines;
}

/** How many lines what follows each pair of places has in common. */
function commonLengths(old: string[], now: string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let a = old.length - 1; a >= 0; a -= 1) {
    for (let b = now.length - 1; b >= 0; b -= 1) {
      const row = lengths[a];
      const below = lengths[a + 1];
      if (!row || !below) continue;
      row[b] = old[a] === now[b] ? (below[b + 1] ?? 0) + 1 : Math.max(below[b] ?? 0, row[b + 1] ?? 0);
    }
  }
  return lengths;
}
